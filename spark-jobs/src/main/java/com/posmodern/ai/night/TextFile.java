package com.posmodern.ai.night;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.WholeFile;
import java.io.IOException;

/** Writes a file for people, in a folder that the settings name. */
public final class TextFile {
  private TextFile() {}

  /**
   * Writes or replaces the file.
   *
   * @param setting the key that names its folder, for the error
   * @throws PosException infrastructure when the folder cannot be written
   */
  public static void write(JobContext context, String file, String text, String setting) {
    try {
      WholeFile.write(context.spark().sessionState().newHadoopConf(), file, text);
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the file cannot be written: " + e.getMessage(),
          file,
          "Set %s to another folder.".formatted(setting),
          e);
    }
  }
}
