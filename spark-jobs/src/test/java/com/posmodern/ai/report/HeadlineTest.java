package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.posmodern.ai.report.NightReport.Broken;
import com.posmodern.ai.report.NightReport.JobRun;
import com.posmodern.ai.report.NightReport.Quality;
import com.posmodern.ai.report.NightReport.Refused;
import com.posmodern.ai.report.NightReport.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
  private static final Instant START = SampleNight.START;

  @Test
  void aNightWithoutFaultsIsGood() {
    Headline headline = headline(Part.of(List.of(job("quality", "ok", ""))), sound(), published());

    assertThat(headline.status()).isEqualTo(Headline.Status.GOOD);
    assertThat(headline.sentence()).isEqualTo("Everything was computed and published.");
    assertThat(headline.notes()).isEmpty();
    assertThat(headline.footnote()).isEqualTo("Every model is compared with its naive baseline.");
    assertThat(Headline.Status.GOOD.tone()).isEqualTo("good");
  }

  @Test
  void aFailedJobIsNamedWithWhatItSaid() {
    Headline headline =
        headline(
            Part.of(
                List.of(
                    job("quality", "ok", ""),
                    job("publish", "failed", "disk full"),
                    job("report", "failed", " "))),
            sound(),
            published());

    assertThat(headline.status()).isEqualTo(Headline.Status.FAILED);
    assertThat(headline.sentence()).isEqualTo("Failed: publish, report.");
    assertThat(headline.notes()).containsExactly("publish failed: disk full", "report failed");
    assertThat(headline.footnote()).isEqualTo("Results of failed jobs are from an earlier night.");
  }

  @Test
  void brokenRulesAndSkippedJobsNeedAttention() {
    Part<Quality> broken =
        Part.of(
            new Quality(
                9,
                List.of(
                    new Broken("sales_lines", "price", true, 2_000, 1_204, false),
                    new Broken("sales_lines", "drift", false, 1, 1, false),
                    new Broken("stores", "zone", true, 4, 1, true)),
                List.of(new Refused("sales_lines", "price", 1_204), refused(96))));

    Headline headline = headline(Part.of(List.of(job("quality", "ok", ""))), broken, published());

    assertThat(headline.status()).isEqualTo(Headline.Status.ATTENTION);
    assertThat(headline.sentence()).isEqualTo("Published, but some points need attention.");
    assertThat(headline.notes())
        .containsExactly(
            "sales_lines.price: 1,204 of 2,000 rows break the rule",
            "sales_lines.drift: 1 of 1 rows break the rule (warning)");
    assertThat(headline.tiles())
        .extracting(
            Headline.Tile::label, Headline.Tile::figure, Headline.Tile::beside, Headline.Tile::good)
        .contains(tuple("rows rejected", "1,300", "3 of 9 rules broken", false));
    assertThat(
            headline(Part.of(List.of(job("a", "skipped", ""))), sound(), Part.absent("no"))
                .sentence())
        .isEqualTo("Finished, but nothing was published.");
  }

  @Test
  void tilesSayHowMuchAndHowLong() {
    Headline headline =
        headline(
            Part.of(
                List.of(
                    new JobRun("quality", START, "ok", 1, 1, 10, 1, ""),
                    new JobRun("publish", START.plusSeconds(4), "skipped", 1, 1, 10, 1, ""))),
            sound(),
            published());

    assertThat(headline.tiles())
        .extracting(
            Headline.Tile::label, Headline.Tile::figure, Headline.Tile::beside, Headline.Tile::good)
        .containsExactly(
            tuple("rows rejected", "0", "0 of 9 rules broken", true),
            tuple("rows published", "1,500", "in 2 tables", true),
            tuple("time", "14.0 s", "1 of 2 jobs ok", false));
  }

  @Test
  void aModelIsGoodWhenItIsAcceptedAndBetterThanItsBaseline() {
    assertThat(Headline.of(SampleNight.full()).tiles())
        .extracting(
            Headline.Tile::label, Headline.Tile::figure, Headline.Tile::beside, Headline.Tile::good)
        .startsWith(
            tuple("forecast: WRMSSE", "0.612", "-10 % against moving average (0.681)", true),
            tuple("recommend: recall@20", "0.213", "+14 % against personal (0.187)", false),
            tuple("segment: silhouette", "0.412", "+0.432 against rfm quintiles (-0.020)", true));
  }

  private static Refused refused(long rows) {
    return new Refused("stores", "zone", rows);
  }

  private static Part<Quality> sound() {
    return Part.of(new Quality(9, List.of(), List.of()));
  }

  private static Part<List<Result>> published() {
    return Part.of(List.of(new Result("a", "results/a", 1_000), new Result("b", "results/b", 500)));
  }

  private static JobRun job(String name, String outcome, String message) {
    return SampleNight.job(name, outcome, message);
  }

  private static Headline headline(
      Part<List<JobRun>> jobs, Part<Quality> quality, Part<List<Result>> results) {
    return Headline.of(SampleNight.of(jobs, quality, results));
  }
}
