package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LivePageTest {
  private static final Instant NOW = Instant.parse("2026-11-26T18:00:00Z");

  @Test
  void alertsSalesStoresAndSourcesAreOnTheStoresClock() throws Exception {
    String html =
        LivePage.render(
            report(
                List.of(
                    new LiveReport.OpenAlert(
                        "S<1>", "STOP", NOW.minusSeconds(5400), 1234, "no receipt since 13:30"))));
    assertThat(HtmlPageTest.parsed(html).getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertThat(html)
        .contains("1 OPEN", "S&lt;1&gt;", "2026-11-26 13:30", "1,234", "14:54")
        .contains("receipts in 15 minutes", "of the 1 that differ most")
        .contains("source.sales_lines", "6 min", "source.reviews", "over a month")
        .doesNotContain("src=", "href=", "<script");
  }

  @Test
  void aQuietFloorSaysSo() throws Exception {
    String html = LivePage.render(report(List.of()));
    assertThat(HtmlPageTest.parsed(html).getElementsByTagName("section").getLength()).isEqualTo(4);
    assertThat(html).contains("No alert is open.");
  }

  @Test
  void agesAreInTheUnitThatPeopleWouldUse() {
    assertThat(LivePage.age(NOW.minus(Duration.ofMinutes(7)), NOW)).isEqualTo("7 min");
    assertThat(LivePage.age(NOW.minus(Duration.ofHours(5)), NOW)).isEqualTo("5 h");
    assertThat(LivePage.age(NOW.minus(Duration.ofDays(12)), NOW)).isEqualTo("12 days");
    assertThat(LivePage.age(NOW.plusSeconds(30), NOW)).isEqualTo("0 min");
  }

  private static LiveReport report(List<LiveReport.OpenAlert> alerts) {
    return new LiveReport(
        NOW,
        Optional.of(NOW.minusSeconds(360)),
        NOW.minusSeconds(660),
        ZoneId.of("America/Sao_Paulo"),
        LongStream.range(0, 24)
            .mapToObj(step -> new LiveReport.Sales(NOW.minusSeconds(900 * (24 - step)), step, 10.5))
            .toList(),
        List.of(new LiveReport.Store("S1", 3, 30, 90, 900)),
        alerts,
        List.of(
            new LiveReport.Source("source.sales_lines", Optional.of(NOW.minusSeconds(360))),
            new LiveReport.Source("source.reviews", Optional.empty())));
  }
}
