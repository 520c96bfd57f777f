package com.posmodern.ai.job.care;

import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The report pages written so far. */
final class ReportPages {
  private ReportPages() {}

  /**
   * Replaces the customers in every page that mentions one by a placeholder.
   *
   * @param folder a folder, or an address in any file system that Hadoop supports
   * @return number of pages changed
   */
  static int without(ErasedCustomers customers, Configuration configuration, String folder) {
    int changed = 0;
    try {
      FileSystem files = new Path(folder).getFileSystem(configuration);
      for (Path page : pages(files, folder)) {
        String text;
        try (InputStream in = files.open(page)) {
          text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (customers.mentionedIn(text)) {
          WholeFile.write(configuration, page.toString(), customers.removedFrom(text));
          changed++;
        }
      }
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reports in " + folder);
    }
    return changed;
  }

  private static List<Path> pages(FileSystem files, String folder) throws IOException {
    List<Path> pages = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> found;
    try {
      found = files.listFiles(new Path(folder), true);
    } catch (FileNotFoundException e) {
      // No night has written a page yet.
      return pages;
    }
    while (found.hasNext()) {
      Path file = found.next().getPath();
      if (file.getName().endsWith(".html")) {
        pages.add(file);
      }
    }
    return pages;
  }
}
