package com.posmodern.ai.source.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.config.TrendSettings.Csv;
import com.posmodern.ai.config.TrendSettings.Feed;
import com.posmodern.ai.config.TrendSettings.Items;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.api.FakeService;
import com.posmodern.ai.source.events.RefusedEvent;
import com.posmodern.ai.source.events.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendSourceTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 11, 27);
  private static final TrendSettings SETTINGS =
      new TrendSettings(
          30,
          "America/Sao_Paulo",
          new CallSettings(60_000, 2, 1, 5),
          Map.of(
              "Açaí", new Items(List.of("P1"), List.of()),
              "ice cream", new Items(List.of(), List.of("Frozen"))),
          List.of());

  @TempDir private Path folder;

  private TrendAnswer csv(String text) throws IOException {
    Path file = folder.resolve("searches.csv");
    Files.writeString(file, text);
    return ask(
        new Csv(
            "searches", file.toString(), ",", "UTF-8", "yyyy-MM-dd", "day", "term", "value", 0));
  }

  private TrendAnswer feed(String element, String text) throws IOException {
    Path file = folder.resolve("feed.xml");
    Files.writeString(file, text);
    return ask(new Feed("news", file.toString(), element, 0));
  }

  private static TrendAnswer ask(TrendSettings.Source source) {
    return TrendSource.of(
            source, SETTINGS, new TextFiles(SETTINGS.calls(), new Configuration(false)))
        .ask(FIRST, LAST);
  }

  private static List<String> signals(TrendAnswer answer) {
    return answer.signals().stream()
        .map(signal -> "%s %s %s".formatted(signal.term(), signal.day(), signal.value()))
        .toList();
  }

  @Test
  void aLineIsAValueOfATermAndADay() throws IOException {
    TrendAnswer answer =
        csv(
            """
            day,term,value
            2026-11-01,ICE cream,61
            2026-11-01,acai,"0,5"
            2026-11-02,Açaí,3
            2026-11-02,açaí,4
            2026-11-02,panettone,12
            2026-10-31,acai,1
            2026-11-28,acai,1
            2026-11-03,acai,many
            2026-11-31,acai,1
            2026-11-03,,1
            2026-11-03,acai
            """);

    assertThat(signals(answer))
        .containsExactly("Açaí 2026-11-01 0.5", "Açaí 2026-11-02 7.0", "ice cream 2026-11-01 61.0");
    assertThat(answer).hasToString("11 told: 4 used, 3 of other terms or times, 4 refused");
    assertThat(answer.refused())
        .extracting(refused -> refused.key() + ": " + refused.reason())
        .containsExactly(
            "line 9: value is no number from 0 on",
            "line 10: day is no day as yyyy-MM-dd: 2026-11-31",
            "line 11: it has no term",
            "line 12: it has more or fewer cells than the header");
    assertThat(answer.refused().get(0).told()).contains("\"value\":\"many\"");
  }

  @Test
  void anEntryOfRssIsAboutTheTermsInItsTitle() throws IOException {
    TrendAnswer answer =
        feed(
            "approx_traffic",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss xmlns:ht="https://trends.google.com/trending/rss" version="2.0"><channel>
              <title>Daily ice cream trends</title><pubDate>Sun, 01 Nov 2026 12:00:00 +0000</pubDate>
              <item><title><![CDATA[Açaí & ice cream]]></title><ht:approx_traffic>20K+</ht:approx_traffic>
                <pubDate>Mon, 02 Nov 2026 01:00:00 +0000</pubDate>
                <ht:news_item><title>not this one</title></ht:news_item></item>
              <item><title>nice creams</title><ht:approx_traffic>500+</ht:approx_traffic>
                <pubDate>Mon, 2 Nov 2026 10:00:00 -0300</pubDate></item>
              <item><title>acai</title><pubDate>Mon, 2 Nov 2026 10:00:00 -0300</pubDate></item>
              <item><title>acai</title><ht:approx_traffic>1</ht:approx_traffic></item>
            </channel></rss>""");

    assertThat(signals(answer))
        .as("one in the morning in UTC is the evening before")
        .containsExactly("Açaí 2026-11-01 20000.0", "ice cream 2026-11-01 20000.0");
    assertThat(answer).hasToString("4 told: 1 used, 1 of other terms or times, 2 refused");
    assertThat(answer.refused())
        .extracting(RefusedEvent::reason)
        .containsExactly(
            "approx_traffic is no number from 0 on", "it has no day, or none that can be read");
  }

  @Test
  void entriesOfAtomAreCounted() throws IOException {
    String entry =
        "<entry><title>%s</title><updated>2026-11-05T08:00:00-03:00</updated>"
            + "<published>2026-11-04T23:59:00-03:00</published></entry>";
    TrendAnswer answer =
        feed(
            "",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>News</title>"
                + entry.formatted("Ice cream sold out")
                + entry.formatted("Why ice-cream?")
                + "</feed>");

    assertThat(signals(answer)).containsExactly("ice cream 2026-11-04 2.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Not found</body></html>",
        "<rss><channel><item><title>acai</ti",
        "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<rss><channel><item><title>&x;</title></item></channel></rss>"
      })
  void whatIsNoFeedOrHalfOfOneOrOpensFilesIsRefused(String text) {
    PosException e = catchThrowableOfType(PosException.class, () -> feed("", text));

    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(e).hasMessageContaining("news");
  }

  @Test
  void aFeedThatStaysAwayIsInfrastructure() {
    try (FakeService fake = new FakeService()) {
      fake.says(429, "").says(500, "");

      PosException e =
          catchThrowableOfType(
              PosException.class, () -> ask(new Feed("news", fake.url() + "/rss", "", 0)));

      assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "12|12",
        "0.5|0.5",
        "0,25|0.25",
        "1.200|1200",
        "1,200,000|1200000",
        "20K+|20000",
        "1M+|1000000",
        "500+|500"
      })
  void numbersAreReadAsFeedsWriteThem(String text, double number) {
    assertThat(Signals.number(text)).hasValue(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "<1", "NaN", "1e5", "many", "1.2.3"})
  void othersAreNone(String text) {
    assertThat(Signals.number(text)).isEmpty();
  }
}
