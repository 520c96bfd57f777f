package com.posmodern.ai.lake;

import static com.posmodern.ai.testing.ResultRows.champions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
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

  @Test
  void theFirstRowsMakeTheSameTable() {
    Table table = Table.FORECAST_CHAMPIONS;
    Lake empty = lake("empty");
    TableCreation.create(empty, Contracts.of(table));
    Lake filled = lake("filled");
    new LakeWriter(filled).replace(table, LocalDate.of(2026, 6, 29), champions("a"), Map.of());

    assertThat(filled.version(table)).isZero();
    assertThat(description(filled, table)).isEqualTo(description(empty, table));
  }

  @Test
  void aTableThatAnotherProcessMadeMeanwhileKeepsItsRows() {
    Table table = Table.FORECAST_CHAMPIONS;
    LocalDate monday = LocalDate.of(2026, 6, 29);
    Lake lake = lake("shared");
    Lake others = lake("shared");
    // Asked for once the table is known not to exist.
    LakeWriter late =
        new LakeWriter(
            lake,
            asked -> {
              if (!others.exists(table)) {
                new LakeWriter(others)
                    .replace(table, monday.minusDays(1), champions("a"), Map.of());
              }
              return Map.of();
            });
    late.replace(table, monday, champions("a"), Map.of());

    assertThat(lake.version(table)).isEqualTo(1);
    assertThat(lake.read(table).select("as_of_date").distinct().count()).isEqualTo(2);
    assertThatThrownBy(() -> TableCreation.create(lake, Contracts.of(table)))
        .isInstanceOf(DeltaConcurrentModificationException.class);
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
