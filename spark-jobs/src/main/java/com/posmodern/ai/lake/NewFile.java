package com.posmodern.ai.lake;

import com.posmodern.ai.lake.lock.HeldLocks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small files of one folder that are written once, whole and durably: when {@link #create} returns,
 * the file survives a crash of the machine. In an object store that is one PUT; in a folder a file
 * that is forced to the disk, then renamed.
 */
public final class NewFile {
  private final Configuration configuration;
  private final Path folder;
  private final FileSystem files;

  /**
   * @param folder a path, or an address in any file system that Hadoop supports; made with the
   *     first file
   */
  public NewFile(Configuration configuration, String folder) throws IOException {
    this.configuration = configuration;
    this.folder = new Path(folder);
    this.files = this.folder.getFileSystem(configuration);
  }

  /**
   * Writes the file.
   *
   * @throws IOException when the storage fails; the file is then whole or absent
   */
  public void create(String name, String text) throws IOException {
    WholeFile.writeDurably(configuration, new Path(folder, name).toString(), text);
  }

  /** The text of the file; empty when there is none. */
  public Optional<String> read(String name) throws IOException {
    try (java.io.InputStream in = files.open(new Path(folder, name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  public boolean exists(String name) throws IOException {
    return files.exists(new Path(folder, name));
  }

  /** Names of the whole files. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        String name = status.getPath().getName();
        if (status.isFile() && !name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (FileNotFoundException e) {
      // No folder, no files.
      names.clear();
    }
    return names;
  }

  /** Removes the file if it is there. */
  public void delete(String name) throws IOException {
    HeldLocks.require(folder.toString());
    files.delete(new Path(folder, name), false);
  }
}
