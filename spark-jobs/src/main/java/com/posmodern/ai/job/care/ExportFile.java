package com.posmodern.ai.job.care;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A file of rows of tables, a line of JSON each, which its owner alone can read. */
final class ExportFile implements AutoCloseable {
  private final BufferedWriter out;

  private ExportFile(BufferedWriter out) {
    this.out = out;
  }

  /**
   * @throws PosException usage when the file is there already
   */
  static ExportFile create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw PosException.usage(
          "is there already", "--output " + file, "Remove it, or name another file.");
    }
    return new ExportFile(
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE));
  }

  /**
   * Appends rows of a table, partition by partition.
   *
   * @return how many
   */
  long append(Table table, Dataset<Row> rows) throws IOException {
    Column[] columns = Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    // Null values are named, too: that nothing is stored is an answer.
    Iterator<Row> texts =
        rows.select(to_json(struct(columns), Map.of("ignoreNullFields", "false")))
            .toLocalIterator();
    long appended = 0;
    while (texts.hasNext()) {
      out.write("{\"table\":\"%s\",\"row\":%s}".formatted(table, texts.next().getString(0)));
      out.newLine();
      appended++;
    }
    return appended;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
