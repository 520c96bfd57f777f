package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableCreationTest {
  @TempDir Path folder;

  /** With and without partitions, with and without columns of persons. */
  @ParameterizedTest
  @EnumSource(names = {"FORECAST_CHAMPIONS", "STORES", "CUSTOMERS", "QUARANTINE"})
  void aTableWhoseFirstCommitNeverCameIsMadeAsAnyOther(Table table) throws IOException {
    Lake sound = lake("sound");
    TableCreation.create(sound, Contracts.of(table));

    Lake killed = lake("killed");
    // What a disk that was full at that moment left.
    Path log = Path.of(killed.location(table), "_delta_log");
    Files.createDirectories(log.resolve("_staged_commits"));
    Files.writeString(log.resolve(".00000000000000000000.json.b17b6f48.tmp"), "");
    assertThat(killed.exists(table)).isFalse();
    TableCreation.create(killed, Contracts.of(table));

    assertThat(killed.exists(table)).isTrue();
    assertThat(description(killed, table)).isEqualTo(description(sound, table));
  }

  /** Its text, partitions and properties, then its columns with their comments. */
  private static List<String> description(Lake lake, Table table) {
    DeltaTable made = DeltaTable.forPath(lake.spark(), lake.location(table));
    Row detail =
        made.detail()
            .selectExpr("description", "partitionColumns", "array_sort(map_entries(properties))")
            .head();
    return List.of(detail.toString(), made.toDF().schema().json());
  }

  private Lake lake(String name) {
    return new Lake(SparkTest.session(), folder.resolve(name).toString());
  }
}
