package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.PlantedCustomers;
import com.posmodern.ai.testing.ResultRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import com.posmodern.ai.testing.TestSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run for one store, on a table by store and on one that has none. */
class StoresTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  private Lake lake;

  @BeforeEach
  void aLakeWithTwoStores() {
    lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replaceSource(
            Table.STORES,
            ContractRows.of(
                Table.STORES, List.of(RowFactory.create("S1"), RowFactory.create("O'Hara"))));
  }

  @Test
  void theOtherStoresKeepTheirRows() {
    run().write(Table.POPULAR_PRODUCTS, popular("night", 1));
    assertThat(forStores("O'Hara").write(Table.POPULAR_PRODUCTS, popular("late", 2))).isEqualTo(1);
    assertThat(
            Tables.of(lake, Table.POPULAR_PRODUCTS, AS_OF)
                .orderBy(STORE_ID)
                .select(STORE_ID, MODEL_VERSION, SCORE)
                .collectAsList())
        .extracting(Row::mkString)
        .containsExactly("ALLnight1.0", "O'Haralate2.0", "S1night1.0");
  }

  @Test
  void aDateWithoutRowsDoesNotBecomeAPartOfOne() {
    assertThatThrownBy(() -> forStores("S1").write(Table.POPULAR_PRODUCTS, popular("late", 2)))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("as-of date 2026-06-30 has no rows yet");
    assertThat(lake.exists(Table.POPULAR_PRODUCTS)).isFalse();
  }

  @Test
  void aTableThatKnowsNoStoresIsWrittenWhole() {
    Dataset<Row> segments = ResultRows.segments("s", "c");
    assertThat(forStores("S1").write(Table.CUSTOMER_SEGMENTS, segments)).isEqualTo(1);
  }

  @Test
  void anUnknownStoreIsWrongUsage() {
    assertThat(Stores.known(lake, List.of("S1", "O'Hara"))).containsExactly("S1", "O'Hara");
    assertThatThrownBy(() -> Stores.known(lake, List.of("S1", "S9")))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("--stores has S9");
  }

  @Test
  void noRowsHaveTheColumnsOfThoseThatAreRead() {
    Dataset<Row> none = run().none(Table.POPULAR_PRODUCTS);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.columns())
        .contains(STORE_ID, MODEL_VERSION, SCORE)
        .doesNotContain(Columns.AS_OF_DATE);
    assertThat(run().none(Table.STORES).columns()).isEqualTo(lake.read(Table.STORES).columns());
  }

  private static Dataset<Row> popular(String version, double score) {
    return ContractRows.select(
        Table.POPULAR_PRODUCTS,
        ("SELECT '%s' AS model_version, id AS store_id, -1 AS segment_id, 1 AS rank,"
                + " 'milk' AS product_id, CAST(%s AS DOUBLE) AS score, 'popular' AS reason"
                + " FROM VALUES ('ALL'), ('S1'), ('O\\'Hara') AS t(id)")
            .formatted(version, score));
  }

  private LakeJobContext run() {
    return forStores();
  }

  private LakeJobContext forStores(String... stores) {
    Run run =
        new Run("r", AS_OF, TestSettings.read(), PseudonymKey.ofEnvironment(), "test")
            .forStores(List.of(stores));
    Job writer =
        new Job() {
          @Override
          public JobSpec spec() {
            return JobSpec.of("writer", "write")
                .writes(Table.POPULAR_PRODUCTS, Table.CUSTOMER_SEGMENTS);
          }

          @Override
          public JobOutcome run(JobContext context) {
            return JobOutcome.ok();
          }
        };
    return new LakeJobContext(
        writer, run, lake, new Progress(PlantedCustomers.SILENT, Clock.systemUTC()));
  }
}
