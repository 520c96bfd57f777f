package com.posmodern.ai.report;

import com.posmodern.ai.report.Headline.Status;
import com.posmodern.ai.report.Headline.Tile;
import java.util.List;
import java.util.Locale;

/**
 * The night as one self-contained page: no network, no scripts, inline charts. It begins with the
 * verdict; details follow further down.
 */
public final class HtmlPage {
  private HtmlPage() {}

  public static String render(NightReport report) {
    Headline headline = Headline.of(report);
    Html head =
        Html.tag("head")
            .of(
                Html.tag("meta").with("charset", "utf-8").empty(),
                Html.tag("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1")
                    .empty(),
                Html.tag("meta").with("name", "color-scheme").with("content", "light dark").empty(),
                Html.tag("title").of("POS Modern AI, night of " + report.asOf()),
                Html.style(PageStyle.CSS));
    Html body =
        Html.tag("body")
            .of(
                Html.tag("main")
                    .of(
                        title(report),
                        verdict(headline),
                        tiles(headline.tiles()),
                        notes(headline.notes()),
                        ModelSections.models(report),
                        ModelSections.backtests(report),
                        CustomerSections.segments(report),
                        CustomerSections.example(report),
                        CustomerSections.popular(report),
                        RunSections.orders(report),
                        OrderBacktestSection.of(report),
                        RunSections.quality(report),
                        RunSections.jobs(report),
                        RunSections.results(report),
                        footer(report)));
    return "<!DOCTYPE html>\n" + Html.tag("html").with("lang", "en").of(head, body) + "\n";
  }

  /** A section with its heading. */
  static Html section(String id, String heading, Html... content) {
    return Html.tag("section").with("id", id).of(Html.tag("h2").of(heading), Html.join(content));
  }

  static Html paragraph(String kind, String text) {
    return Html.tag("p").with("class", kind).of(text);
  }

  private static Html title(NightReport report) {
    return Html.join(
        Html.tag("h1").of("POS Modern AI, night of " + report.asOf()),
        paragraph("soft", "Run " + report.runId() + ", lake " + report.lake()));
  }

  private static Html verdict(Headline headline) {
    return Html.tag("div")
        .with("class", "status " + headline.status().name().toLowerCase(Locale.ROOT))
        .of(Html.tag("b").of(headline.status().name()), Html.tag("span").of(headline.sentence()));
  }

  private static Html tiles(List<Tile> tiles) {
    return Html.tag("div")
        .with("class", "tiles")
        .of(
            Html.join(
                tiles.stream()
                    .map(
                        tile ->
                            Html.tag("div")
                                .with("class", "tile")
                                .of(
                                    Html.tag("span").of(tile.label()),
                                    Html.tag("strong").of(tile.figure()),
                                    Html.tag("em")
                                        .with("class", tile.good() ? "good" : "attention")
                                        .of(tile.beside())))
                    .toList()));
  }

  private static Html notes(List<String> notes) {
    return notes.isEmpty()
        ? Html.nothing()
        : Html.tag("ul")
            .with("class", "notes")
            .of(Html.join(notes.stream().map(note -> Html.tag("li").of(note)).toList()));
  }

  private static Html footer(NightReport report) {
    return Html.tag("footer")
        .of(
            "Figures are of the as-of date "
                + report.asOf()
                + ". Customer ids are masked. "
                + (report.jobs().value().isPresent()
                        && Headline.of(report).status() == Status.FAILED
                    ? "Results of failed jobs are from an earlier night."
                    : "Every model is compared with its naive baseline."));
  }
}
