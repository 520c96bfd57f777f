package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class StoreDaysTest {
  @Test
  void daysThatWereNotOpenAreMarkedAndWeeklyClosingIsExpectedToGoOn() {
    // A Sunday is a multiple of seven days after the first one of 1970, the 4th of January.
    int asOf = 3 + 7 * 2900 + 2;
    List<Row> arrivals = new ArrayList<>();
    for (int back = 0; back < 56; back++) {
      String state = Math.floorMod(asOf - back, 7) == 3 ? "closed" : back == 5 ? "partly" : "open";
      arrivals.add(
          RowFactory.create(
              "s1",
              Date.valueOf(LocalDate.ofEpochDay(asOf - back)),
              0L,
              0L,
              0.0,
              null,
              null,
              null,
              state,
              "weekly"));
    }
    ForecastInput planted = new PlantedDemand(60, 1).input();
    ForecastInput input =
        new ForecastInput(
            LocalDate.ofEpochDay(asOf),
            planted.dailyDemand(),
            planted.products(),
            planted.stores(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ContractRows.of(Table.ARRIVALS, arrivals)),
            Optional.of(
                ContractRows.of(
                    Table.STORE_DAYS,
                    List.of(
                        RowFactory.create(
                            "s1", Date.valueOf(LocalDate.ofEpochDay(asOf + 3)), false)))),
            Optional.empty());

    StoreDays days = StoreDays.of(input, 100, 14);

    boolean[] unobserved = new boolean[8];
    days.mark("s1", asOf - 7, unobserved);
    assertThat(unobserved).containsExactly(false, false, true, false, false, true, false, false);
    assertThat(IntStream.rangeClosed(1, 14).filter(ahead -> days.notOpen("s1", asOf + ahead)))
        .containsExactly(3, 5, 12);
    assertThat(days.notOpen("s2", asOf + 5)).isFalse();
  }
}
