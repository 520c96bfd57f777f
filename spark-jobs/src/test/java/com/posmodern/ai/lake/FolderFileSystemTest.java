package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFileSystemTest {
  @TempDir Path folder;

  @Test
  void permissionsAreSetAndChecksumsKept() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.permissions.umask-mode", "027");
    try (FolderFileSystem files = new FolderFileSystem()) {
      files.initialize(URI.create("file:///"), configuration);
      org.apache.hadoop.fs.Path file =
          new org.apache.hadoop.fs.Path(folder.resolve("below/rows").toString());
      try (OutputStream out = files.create(file, true)) {
        out.write("rows".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(permissions("below")).isEqualTo("rwxr-x---");
      assertThat(permissions("below/rows")).isEqualTo("rw-r-----");
      files.setPermission(file, new FsPermission("600"));
      assertThat(permissions("below/rows")).isEqualTo("rw-------");

      Files.writeString(folder.resolve("below/rows"), "rowz");
      assertThat(catchThrowable(() -> read(files, file))).isInstanceOf(ChecksumException.class);
    }
  }

  private static byte[] read(FolderFileSystem files, org.apache.hadoop.fs.Path file)
      throws IOException {
    try (var in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
