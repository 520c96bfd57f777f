package com.posmodern.ai.job;

import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.privacy.Customers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The reports' pages that were written so far. */
final class ReportPages {
  private ReportPages() {}

  /**
   * Takes the customers out of every page that names one; their places say so.
   *
   * @return number of pages changed
   */
  static int without(Customers customers, String folder) {
    Path reports = Path.of(folder);
    if (!Files.isDirectory(reports)) {
      return 0;
    }
    int changed = 0;
    try (Stream<Path> files = Files.walk(reports)) {
      List<Path> pages = files.filter(file -> file.toString().endsWith(".html")).toList();
      for (Path page : pages) {
        String text = Files.readString(page);
        if (customers.mentionedIn(text)) {
          Path half = page.resolveSibling(page.getFileName() + ".tmp");
          Files.writeString(half, customers.removedFrom(text));
          Files.move(half, page, StandardCopyOption.REPLACE_EXISTING);
          changed++;
        }
      }
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reports in " + folder);
    }
    return changed;
  }
}
