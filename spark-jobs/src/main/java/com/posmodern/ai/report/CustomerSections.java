package com.posmodern.ai.report;

import static com.posmodern.ai.report.HtmlPage.paragraph;
import static com.posmodern.ai.report.HtmlPage.section;

import com.posmodern.ai.report.NightReport.Example;
import com.posmodern.ai.report.NightReport.Offer;
import com.posmodern.ai.report.NightReport.Profile;
import java.util.List;

/** Sections about customers: segments and recommendations. */
final class CustomerSections {
  private CustomerSections() {}

  static Html segments(NightReport report) {
    return section(
        "segments",
        "Customer segments",
        report
            .segments()
            .html(
                profiles ->
                    Html.join(
                        Html.tag("div")
                            .with("class", "two")
                            .of(
                                Html.tag("div")
                                    .with("class", "card")
                                    .of(
                                        SegmentChart.of(profiles),
                                        paragraph(
                                            "soft",
                                            "Segments close to each other have similar habits; the area shows the"
                                                + " number of customers.")),
                                distinctions(profiles)),
                        Html.tag("div").with("style", "height:14px").of(""),
                        profileTable(profiles))));
  }

  private static Html distinctions(List<Profile> profiles) {
    return Html.table(
        List.of("", "segment", "distinctive features (usual value in brackets)"),
        profiles.stream()
            .map(
                p ->
                    Html.row(
                        Html.number(Integer.toString(p.id())),
                        Html.tag("td").with("class", "strong").of(p.name()),
                        Html.cell(p.distinction()))));
  }

  private static Html profileTable(List<Profile> profiles) {
    return Html.table(
        List.of(
            "",
            "segment",
            "#customers",
            "#share",
            "#of revenue",
            "#recency, days",
            "#baskets",
            "#basket value",
            "#discount",
            "#online",
            "#hour"),
        profiles.stream()
            .map(
                p ->
                    Html.row(
                        Html.number(Integer.toString(p.id())),
                        Html.tag("td").with("class", "name").of(p.name()),
                        Html.number(Figures.count(p.customers())),
                        Html.number(Figures.percent(p.customerShare())),
                        Html.number(Figures.percent(p.revenueShare())),
                        Html.number(Figures.quantity(p.recency())),
                        Html.number(Figures.quantity(p.frequency())),
                        Html.number(Figures.value(p.basketValue())),
                        Html.number(Figures.percent(p.discountShare())),
                        Html.number(Figures.percent(p.onlineShare())),
                        Html.number(Figures.clock(p.meanHour())))));
  }

  static Html example(NightReport report) {
    return section(
        "recommendations",
        "Recommendations for one customer",
        report.example().html(CustomerSections::example));
  }

  private static Html example(Example example) {
    return Html.join(
        paragraph(
            "soft",
            "Customer " + example.maskedCustomer() + ", segment " + example.segment() + "."),
        Html.tag("div")
            .with("class", "two")
            .of(
                Html.tag("div")
                    .of(
                        Html.tag("h3").of("Buys most"),
                        Html.table(
                            List.of("product", "category", "#baskets"),
                            example.bought().stream()
                                .map(
                                    b ->
                                        Html.row(
                                            Html.cell(b.product()),
                                            Html.tag("td").with("class", "soft").of(b.category()),
                                            Html.number(Figures.count(b.baskets())))))),
                Html.tag("div").of(Html.tag("h3").of("Is offered"), offers(example.offers()))));
  }

  static Html popular(NightReport report) {
    return section(
        "popular",
        "Best sellers: the list for customers without history",
        report
            .popular()
            .html(
                popular ->
                    Html.join(paragraph("soft", popular.scope()), offers(popular.offers()))));
  }

  private static Html offers(List<Offer> offers) {
    return Html.table(
        List.of("", "product", "category", "why"),
        offers.stream()
            .map(
                offer ->
                    Html.row(
                        Html.number(Integer.toString(offer.rank())),
                        Html.cell(offer.product()),
                        Html.tag("td").with("class", "soft").of(offer.category()),
                        Html.cell(Figures.words(offer.reason())))));
  }
}
