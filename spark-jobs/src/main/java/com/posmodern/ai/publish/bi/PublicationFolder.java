package com.posmodern.ai.publish.bi;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.publish.Publication;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder {@code publication/} next to the lake's tables, and how its files are written:
 *
 * <ul>
 *   <li>{@code visible.json}: the publication that BI sees; the only file that is replaced while it
 *       may be read
 *   <li>{@code manifests/<table>/publication_id=<id>/as_of_date=<date>/manifest}
 *   <li>{@code sql/}: the DDL, and {@code sql/<id>/}: the statements of one publication
 * </ul>
 */
final class PublicationFolder {
  private final Configuration configuration;
  private final String root;

  PublicationFolder(Configuration configuration, String lakeRoot) {
    this.configuration = configuration;
    this.root = lakeRoot + "/publication";
  }

  String manifests(Table table) {
    return "%s/manifests/%s".formatted(root, table.tableName());
  }

  String manifestFolder(Table table, Publication publication) {
    return "%s/publication_id=%s/as_of_date=%s"
        .formatted(manifests(table), publication.id(), publication.asOf());
  }

  String manifest(Table table, Publication publication) {
    return manifestFolder(table, publication) + "/manifest";
  }

  String visible() {
    return root + "/visible.json";
  }

  String sql(String name) {
    return "%s/sql/%s".formatted(root, name);
  }

  String sql(Publication publication, String name) {
    return "%s/sql/%s/%s".formatted(root, publication.id(), name);
  }

  /**
   * Writes a file atomically: readers see either the old or the new content.
   *
   * @throws PosException infrastructure when the storage fails; the previous file is then still in
   *     place
   */
  void write(String file, String text) {
    try {
      WholeFile.write(configuration, file, text);
    } catch (IOException e) {
      throw failed("writing", file, e);
    }
  }

  /** The text of a file; empty when it does not exist. */
  Optional<String> read(String file) {
    Path path = new Path(file);
    try (var in = path.getFileSystem(configuration).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("reading", file, e);
    }
  }

  /** Names of the subfolders of a folder; empty when it does not exist. */
  java.util.List<String> folders(String folder) {
    Path path = new Path(folder);
    try {
      FileSystem files = path.getFileSystem(configuration);
      return files.exists(path)
          ? java.util.Arrays.stream(files.listStatus(path))
              .filter(org.apache.hadoop.fs.FileStatus::isDirectory)
              .map(status -> status.getPath().getName())
              .toList()
          : java.util.List.of();
    } catch (IOException e) {
      throw failed("listing", folder, e);
    }
  }

  void delete(String folder) {
    Path path = new Path(folder);
    try {
      path.getFileSystem(configuration).delete(path, true);
    } catch (IOException e) {
      throw failed("deleting", folder, e);
    }
  }

  private static PosException failed(String what, String file, IOException e) {
    return PosException.infrastructure(
        e.getMessage(),
        what + " " + file,
        "Check the storage, then run again; readers keep the previous publication.",
        e);
  }
}
