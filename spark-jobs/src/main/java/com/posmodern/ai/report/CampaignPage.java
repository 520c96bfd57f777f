package com.posmodern.ai.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The campaigns as one self-contained page, like that of the night. */
public final class CampaignPage {
  private CampaignPage() {}

  public static String render(CampaignReport report) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            CampaignPage.class.getClassLoader(),
            CampaignPage.class.getPackageName());
    StringOutput page = new StringOutput();
    templates.render("campaigns.jte", Map.of("report", report), page);
    return page.toString();
  }
}
