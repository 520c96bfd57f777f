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
          "sources",
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
    // Six charts, each for wide and for narrow screens.
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(12);
    assertThat(ids(page)).doesNotHaveDuplicates();
    assertThat(html)
        .contains("new store", "1,234", "0.910", "1.40 category launches, 1.20 mean of");
    assertThat(html).contains("12 May", "units a day", "mean stock, in days of demand");
    assertThat(html).doesNotContain("Not computed");
  }

  private static List<String> ids(Document page) {
    NodeList all = page.getElementsByTagName("*");
    return java.util.stream.IntStream.range(0, all.getLength())
        .mapToObj(i -> ((Element) all.item(i)).getAttribute("id"))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** A chart in a colour of its own would vanish in dark mode. */
  @Test
  void chartsHaveOnlyTheColoursOfTheStyleSheet() {
    String chart = OrderChart.of(SampleNight.policy(0.98, 9), List.of(SampleNight.policy(0.95, 8)));

    assertThat(chart)
        .contains("var(--blue)", "var(--naive)", "var(--line)", "var(--soft)")
        .doesNotContain("rgb(", "fill=\"white\"");
  }

  @Test
  void chartsAreMissingWhereTheMachineHasNoFonts() {
    assertThat(
            Svg.of(
                "id",
                "label",
                100,
                (width, height) -> {
                  throw new InternalError("Fontconfig head is null");
                }))
        .contains("no fonts");
  }

  /** A person may want to see what the test saw. */
  private static void look(String html) throws IOException {
    Files.writeString(Path.of("target", "report-of-a-believable-night.html"), html);
  }

  @Test
  void nothingIsLoadedAndNothingRuns() {
    String html =
        HtmlPage.render(SampleNight.full()).replaceAll("http://www.w3.org/[0-9a-z/]+", "");

    assertThat(html)
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("src=")
        .doesNotContainPattern("url\\((?!#)");
  }

  @Test
  void absentPartsSayWhy() throws Exception {
    Document page = parsed(HtmlPage.render(SampleNight.empty("no <sales> yet")));

    assertThat(sections(page)).containsExactlyElementsOf(SECTIONS);
    for (int i = 0; i < SECTIONS.size(); i++) {
      assertThat(page.getElementsByTagName("section").item(i).getTextContent().strip())
          .endsWith("Not computed: no <sales> yet");
    }
  }

  @Test
  void whatDataSayIsNeverMarkup() throws Exception {
    String html = HtmlPage.render(SampleNight.full());

    assertThat(html).contains("Granola &lt;integral&gt; &amp; mel").contains("Fralda G &amp; cia");
    assertThat(HtmlPage.render(SampleNight.empty("<script>"))).contains("&lt;script&gt;");
    NightReport.BacktestExample hostile =
        new NightReport.BacktestExample("\"><script>'", "<b>", "new", List.of(day(0)));
    assertThat(parsed(one(BacktestChart.of(hostile, "id"))).getDocumentElement())
        .returns("Backtest of <b> in \"><script>'", svg -> svg.getAttribute("aria-label"));
  }

  @Test
  void verdictFollowsTheWorstThing() {
    assertThat(HtmlPage.render(SampleNight.full())).contains("status attention");
    assertThat(Headline.of(SampleNight.full()).notes())
        .anyMatch(note -> note.startsWith("recommend-train rejected"))
        .anyMatch(note -> note.startsWith("sales_lines.drift_rows"))
        .contains("source.weather_daily: its newest row is 120 h old, 78 h are allowed");
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
    return Headline.of(SampleNight.of(List.of(job))).status();
  }

  @Test
  void oneDayAndOneSegmentStillDraw() throws Exception {
    NightReport.BacktestExample single =
        new NightReport.BacktestExample("S1", "P", "new", List.of(day(0)));

    assertThat(parsed(one(BacktestChart.of(single, "id"))).getDocumentElement().getTagName())
        .isEqualTo("svg");
    assertThat(BacktestChart.of(single, "id")).doesNotContain("NaN");
    assertThat(SegmentChart.of(List.of())).doesNotContain("NaN");
    NightReport.OrderPolicy nothingSold = SampleNight.policy(Double.NaN, Double.NaN);
    assertThat(OrderChart.of(nothingSold, List.of())).doesNotContain("NaN");
  }

  private static NightReport.BacktestDay day(double units) {
    return new NightReport.BacktestDay(SampleNight.AS_OF, units, units, units, units, units);
  }

  /** The wide one of the two. */
  private static String one(String chart) {
    return chart.substring(0, chart.indexOf("</svg>") + "</svg>".length());
  }
}
