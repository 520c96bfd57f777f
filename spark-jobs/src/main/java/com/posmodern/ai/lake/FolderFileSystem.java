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
 * Hadoop's local file system with checksums that sets permissions through Java. Without its native
 * library, which is not on Maven Central, Hadoop starts the program {@code chmod} for every file
 * and folder that it creates: 600 times in a night on 10,000 lines.
 */
public final class FolderFileSystem extends LocalFileSystem {
  public FolderFileSystem() {
    super(new Raw());
  }

  /**
   * Registers it with Spark in local mode only: an executor of a cluster opens files before it has
   * our jar.
   *
   * <p>The log is written by rename as well: Delta's store for HDFS starts {@code readlink} six
   * times for each commit.
   */
  static void use(SparkConf conf) {
    conf.setIfMissing("spark.hadoop.fs.file.impl", FolderFileSystem.class.getName());
    conf.setIfMissing("spark.delta.logStore.file.impl", "io.delta.storage.LocalLogStore");
    // The same for the checksum file of each commit, which Delta writes through Spark.
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
