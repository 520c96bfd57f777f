package com.posmodern.ai.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tables that former versions of the program wrote and that no job reads any more. They have no
 * contract, so that nothing else looks after them, and some of them name customers.
 */
public final class RetiredTables {
  private static final List<String> PATHS =
      List.of("models/customer_factors", "models/customer_index", "models/product_index");

  private RetiredTables() {}

  /**
   * Removes their folders, with the log.
   *
   * @return the paths of those that were there, below the lake's root
   */
  public static List<String> remove(Lake lake) {
    List<String> removed = new ArrayList<>();
    for (String path : PATHS) {
      Path folder = new Path(lake.root(), path);
      try {
        FileSystem files = folder.getFileSystem(lake.spark().sessionState().newHadoopConf());
        if (files.exists(folder)) {
          files.delete(folder, true);
          removed.add(path);
        }
      } catch (IOException e) {
        throw StorageErrors.explain(e, "removing " + folder);
      }
    }
    return List.copyOf(removed);
  }
}
