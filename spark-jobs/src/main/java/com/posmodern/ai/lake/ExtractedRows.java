package com.posmodern.ai.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a run of an extract has read from a database and not yet written, below {@code
 * extract/<name>}. The rows hold personal data, and a run that is resumed writes them.
 */
public final class ExtractedRows {
  /** Below the lake's root. */
  public static final String FOLDER = "extract";

  /** How far each source was read: stays when the rows go. */
  public static final String STATE = "state.json";

  /** Of the run that is under way. */
  public static final String PLAN = "plan.json";

  private ExtractedRows() {}

  /**
   * Removes what any run has left.
   *
   * @return names of the extracts that had left something
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage fails
   */
  public static List<String> clear(Lake lake) {
    Path folder = new Path(lake.root(), FOLDER);
    List<String> cleared = new ArrayList<>();
    try {
      FileSystem files = files(lake, folder);
      if (files.exists(folder)) {
        for (FileStatus each : files.listStatus(folder)) {
          if (each.isDirectory() && clear(lake, each.getPath())) {
            cleared.add(each.getPath().getName());
          }
        }
      }
    } catch (IOException e) {
      throw StorageErrors.explain(e, folder.toString());
    }
    return cleared;
  }

  /**
   * Removes what a run has left.
   *
   * @param name of the extract
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage fails
   */
  public static void clear(Lake lake, String name) {
    Path folder = new Path(new Path(lake.root(), FOLDER), name);
    try {
      clear(lake, folder);
    } catch (IOException e) {
      throw StorageErrors.explain(e, folder.toString());
    }
  }

  private static boolean clear(Lake lake, Path folder) throws IOException {
    FileSystem files = files(lake, folder);
    lake.requireWriter();
    // First the plan: without it nothing of the rest is believed.
    boolean found = files.delete(new Path(folder, PLAN), false);
    if (files.exists(folder)) {
      for (FileStatus each : files.listStatus(folder)) {
        if (!each.getPath().getName().equals(STATE)) {
          found |= files.delete(each.getPath(), true);
        }
      }
    }
    return found;
  }

  private static FileSystem files(Lake lake, Path folder) throws IOException {
    return folder.getFileSystem(lake.spark().sparkContext().hadoopConfiguration());
  }
}
