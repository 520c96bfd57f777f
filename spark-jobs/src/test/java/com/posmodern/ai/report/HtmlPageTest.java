package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlPageTest {
  private static final List<String> SECTIONS =
      List.of(
          "models",
          "backtest",
          "segments",
          "recommendations",
          "popular",
          "replenishment",
          "order-backtest",
          "quality",
          "jobs",
          "results");

  /** Strict XML is more than HTML asks for, and leaves no room for a forgotten escape. */
  static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> sections(Document page) {
    NodeList sections = page.getElementsByTagName("section");
    return java.util.stream.IntStream.range(0, sections.getLength())
        .mapToObj(i -> ((Element) sections.item(i)).getAttribute("id"))
        .toList();
  }

  @Test
  void pageIsWellFormedAndHasEverySection() throws Exception {
    String html = HtmlPage.render(SampleNight.full());
    look(html);

    Document page = parsed(html);

    assertThat(sections(page)).containsExactlyElementsOf(SECTIONS);
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(6);
    assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(5);
    assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(13);
    assertThat(html).doesNotContain("Not computed");
  }

  /** A person may want to see what the test saw. */
  private static void look(String html) throws IOException {
    Files.writeString(Path.of("target", "report-of-a-believable-night.html"), html);
  }

  @Test
  void nothingIsLoadedAndNothingRuns() {
    String html = HtmlPage.render(SampleNight.full()).replace("http://www.w3.org/2000/svg", "");

    assertThat(html)
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("src=")
        .doesNotContain("url(");
  }

  @Test
  void absentPartsSayWhy() throws Exception {
    Document page = parsed(HtmlPage.render(SampleNight.empty("no <sales> yet")));

    assertThat(sections(page)).containsExactlyElementsOf(SECTIONS);
    for (int i = 0; i < SECTIONS.size(); i++) {
      assertThat(page.getElementsByTagName("section").item(i).getTextContent())
          .endsWith("Not computed: no <sales> yet");
    }
  }

  @Test
  void whatDataSayIsNeverMarkup() throws Exception {
    String html = HtmlPage.render(SampleNight.full());

    assertThat(html).contains("Granola &lt;integral&gt; &amp; mel").contains("Fralda G &amp; cia");
    assertThat(Html.tag("td").with("title", "\"><script>'").of("a\u0000<b>").toString())
        .isEqualTo("<td title=\"&quot;&gt;&lt;script&gt;&#39;\">a &lt;b&gt;</td>");
  }

  @Test
  void verdictFollowsTheWorstThing() {
    assertThat(HtmlPage.render(SampleNight.full())).contains("status attention");
    assertThat(Headline.of(SampleNight.full()).notes())
        .anyMatch(note -> note.startsWith("recommend-train rejected"))
        .anyMatch(note -> note.startsWith("sales_lines.drift_rows"));
    assertThat(verdict(SampleNight.job("quality", "failed", "disk full")))
        .isEqualTo(Headline.Status.FAILED);
    assertThat(verdict(SampleNight.job("quality", "skipped", "")))
        .isEqualTo(Headline.Status.ATTENTION);
    assertThat(verdict(SampleNight.job("quality", "ok", ""))).isEqualTo(Headline.Status.GOOD);
  }

  @Test
  void theNightIsAsLongAsAnyOfItsJobsRan() {
    Instant start = SampleNight.START;
    assertThat(
            Headline.busySeconds(
                List.of(
                    SampleNight.job("report", start.plusSeconds(90_000), "ok", ""),
                    SampleNight.job("quality", start, "ok", ""),
                    SampleNight.job("daily-demand", start.plusSeconds(20), "ok", ""))))
        .isCloseTo(20 + 41.27 + 41.27, within(0.01));
  }

  private static Headline.Status verdict(NightReport.JobRun job) {
    NightReport none = SampleNight.empty("nothing");
    return Headline.of(
            new NightReport(
                none.asOf(),
                none.runId(),
                none.lake(),
                Part.of(List.of(job)),
                none.quality(),
                none.models(),
                none.backtests(),
                none.segments(),
                none.example(),
                none.popular(),
                none.orders(),
                none.orderBacktest(),
                none.results()))
        .status();
  }

  @Test
  void oneDayAndOneSegmentStillDraw() throws Exception {
    NightReport.Backtest day =
        new NightReport.Backtest(
            "S1",
            "P",
            "new",
            List.of(new NightReport.BacktestDay(SampleNight.AS_OF, 0, 0, 0, 0, 0)));

    assertThat(parsed(BacktestChart.of(day).toString()).getDocumentElement().getTagName())
        .isEqualTo("svg");
    assertThat(BacktestChart.of(day).toString()).doesNotContain("NaN");
    assertThat(SegmentChart.of(List.of()).toString()).doesNotContain("NaN");
  }
}
