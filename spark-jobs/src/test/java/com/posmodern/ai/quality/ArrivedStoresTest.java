package com.posmodern.ai.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.quality.SourceRows.Line;
import com.posmodern.ai.testing.ContractRows;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Stores of twenty lines a day over nine weeks. */
class ArrivedStoresTest {
  private static final LocalDate DATE = LocalDate.of(2026, 6, 30);

  private static List<Line> lines(String store, LocalDate day, int lines) {
    List<Line> made = new ArrayList<>();
    for (int n = 0; n < lines; n++) {
      // 23:30 in São Paulo is the next day in UTC: the store's own day counts.
      made.add(Line.at(store + day + n, day.plusDays(1) + "T02:30:00Z").store(store));
    }
    return made;
  }

  private static Dataset<Row> sales(int linesOfS2) {
    List<Line> lines = new ArrayList<>();
    for (int back = 62; back >= 0; back--) {
      lines.addAll(lines("S1", DATE.minusDays(back), 20));
      lines.addAll(lines("S3", DATE.minusDays(back), back == 0 ? 0 : 20));
      lines.addAll(lines("S2", DATE.minusDays(back), back == 0 ? linesOfS2 : 20));
    }
    return SourceRows.sales(lines);
  }

  private static ArrivedStores of(int linesOfS2, Optional<Dataset<Row>> storeDays) {
    Dataset<Row> stores =
        SourceRows.of(
            Table.STORES,
            List.of(
                SourceRows.store("S1", "America/Sao_Paulo"),
                SourceRows.store("S2", "America/Sao_Paulo"),
                SourceRows.store("S3", "America/Sao_Paulo")));
    return ArrivedStores.of(sales(linesOfS2), stores, storeDays, DATE, SourceRows.LENIENT);
  }

  @Test
  void aStoreWithFewLinesOrNoneIsLate() {
    ArrivedStores arrived = of(2, Optional.empty());

    assertThat(arrived).isEqualTo(new ArrivedStores(3, List.of("S2 partly", "S3 missing")));
    assertThat(arrived.share()).isEqualTo(1 / 3.0);
    assertThat(arrived.summary(1))
        .isEqualTo("1 of 3 stores have arrived, late are S2 partly and 1 more");
  }

  @Test
  void aStoreThatTheCalendarClosesIsNotExpected() {
    Dataset<Row> plan =
        ContractRows.of(
            Table.STORE_DAYS, List.of(RowFactory.create("S3", Date.valueOf(DATE), false)));

    ArrivedStores arrived = of(20, Optional.of(plan));

    assertThat(arrived).isEqualTo(new ArrivedStores(2, List.of()));
    assertThat(arrived.share()).isEqualTo(1);
    assertThat(arrived.summary(8)).isEqualTo("2 of 2 stores have arrived");
  }
}
