package com.posmodern.ai.night;

import com.posmodern.ai.lake.Lake;

/** Writes a page of the night into the folder of reports. */
public final class PageFile {
  private PageFile() {}

  /**
   * Writes or replaces the page.
   *
   * @param suffix of the file's name, which begins with the as-of date; empty for the report
   * @return where the page is
   * @throws com.posmodern.ai.error.PosException infrastructure when the folder cannot be written
   */
  public static String write(JobContext context, String suffix, String html) {
    String page =
        "%s/%s%s.html"
            .formatted(Lake.absolute(context.settings().report().folder()), context.asOf(), suffix);
    context.step("writing " + page);
    TextFile.write(context, page, html, "report.folder");
    return page;
  }
}
