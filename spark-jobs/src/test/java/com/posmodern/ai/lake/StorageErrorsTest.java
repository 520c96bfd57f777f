package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.ResultRows;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageErrorsTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 29);

  @TempDir Path folder;

  @Test
  void aDamagedFileIsNamedWithARemedy() throws IOException {
    Lake lake = lakeWithAnIndex();
    Path file = dataFile();
    Files.writeString(file, "this was a Parquet file once");
    assertThat(reading(lake))
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("The file is damaged: restore it")
        .extracting(thrown -> ((PosException) thrown).exitCode())
        .isEqualTo(ExitCode.INFRASTRUCTURE);
  }

  @Test
  void aLostFileIsNamedWithARemedy() throws IOException {
    Lake lake = lakeWithAnIndex();
    Path file = dataFile();
    Files.delete(file);
    assertThat(reading(lake))
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("Restore the file")
        .extracting(thrown -> ((PosException) thrown).exitCode())
        .isEqualTo(ExitCode.INFRASTRUCTURE);
  }

  @Test
  void aFullDiskSaysSoHoweverDeepItIsBuried() {
    RuntimeException buried =
        new IllegalStateException("Job aborted", new IOException("No space left on device"));
    assertThat(StorageErrors.explain(buried, "writing"))
        .hasMessage("writing: the disk is full. Free space and run again; nothing was published.");
  }

  @Test
  void aFaultOfOursStaysWhatItIs() {
    RuntimeException fault = new IllegalStateException("never thought of");
    assertThat(StorageErrors.explain(fault, "writing")).isSameAs(fault);
  }

  private Lake lakeWithAnIndex() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a"), Map.of());
    return lake;
  }

  private static RuntimeException reading(Lake lake) {
    return StorageErrors.explain(
        catchThrowable(
            () ->
                lake.read(Table.FORECAST_CHAMPIONS)
                    .agg(functions.max(Columns.CANDIDATE))
                    .collectAsList()),
        "reading");
  }

  private Path dataFile() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
