package com.posmodern.ai.night;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.WholeFile;
import java.io.IOException;

/** Writes a page of the night into the folder of reports. */
public final class PageFile {
  private PageFile() {}

  /**
   * Writes or replaces the page.
   *
   * @param suffix of the file's name, which begins with the as-of date; empty for the report
   * @return where the page is
   * @throws PosException infrastructure when the folder cannot be written
   */
  public static String write(JobContext context, String suffix, String html) {
    String page =
        "%s/%s%s.html"
            .formatted(Lake.absolute(context.settings().report().folder()), context.asOf(), suffix);
    context.step("writing " + page);
    try {
      WholeFile.write(context.spark().sessionState().newHadoopConf(), page, html);
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the page cannot be written: " + e.getMessage(),
          page,
          "Set report.folder to another folder.",
          e);
    }
    return page;
  }
}
