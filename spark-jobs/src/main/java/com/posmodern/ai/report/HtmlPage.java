package com.posmodern.ai.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/**
 * The night as one self-contained page: no network, no scripts, inline charts. The templates are in
 * {@code src/main/jte} and are compiled with this package; what the data say is escaped by them.
 */
public final class HtmlPage {
  private HtmlPage() {}

  public static String render(NightReport report) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            HtmlPage.class.getClassLoader(),
            HtmlPage.class.getPackageName());
    StringOutput page = new StringOutput();
    templates.render("page.jte", Map.of("report", report, "headline", Headline.of(report)), page);
    return page.toString();
  }
}
