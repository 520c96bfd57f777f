package com.posmodern.ai.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.io.nativeio.NativeIO;
import org.apache.spark.SparkConf;

/**
 * Hadoop's file system of this machine, checksums included, that sets permissions itself. Without
 * its native library, which Maven does not bring, Hadoop starts the program {@code chmod} for every
 * file and folder that it makes: 600 in a night on 10,000 lines.
 */
public final class FolderFileSystem extends LocalFileSystem {
  public FolderFileSystem() {
    super(new Raw());
  }

  /**
   * Makes it Spark's, in local mode: an executor of a cluster opens files before it has our jar.
   *
   * <p>The log is written by rename there, too: Delta's store for HDFS asks {@code readlink} six
   * times for each commit.
   */
  static void use(SparkConf conf) {
    conf.setIfMissing("spark.hadoop.fs.file.impl", FolderFileSystem.class.getName());
    conf.setIfMissing("spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore");
    // The same of the list of files beside each commit, which Delta writes by Spark's hands.
    conf.setIfMissing(
        "spark.sql.streaming.checkpointFileManagerClass",
        "org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager");
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      boolean posix =
          Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class);
      if (NativeIO.isAvailable() || !posix || permission.getStickyBit()) {
        super.setPermission(path, permission);
      } else {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permission.toString()));
      }
    }
  }
}
