package com.posmodern.ai.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Six stores of twenty lines a day over 100 days, each with a story of its own. */
class ArrivalsTest {
  /** A Tuesday. */
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  private static Map<String, Row> days;
  private static List<String> late;

  @BeforeAll
  static void ask() {
    List<Row> lines = new ArrayList<>();
    for (int back = 99; back >= 0; back--) {
      LocalDate day = AS_OF.minusDays(back);
      boolean sunday = day.getDayOfWeek() == DayOfWeek.SUNDAY;
      add(lines, "weekly", day, sunday ? 0 : 20);
      add(lines, "closed", day, back >= 3 && back < 31 ? 0 : 20);
      add(lines, "late", day, back == 0 ? 0 : 20);
      add(lines, "partly", day, back == 0 ? 3 : back == 70 ? 2 : 20);
      add(lines, "small", day, back % 3 == 0 ? 2 : 0);
      add(lines, "planned", day, back < 10 ? 0 : 20);
    }
    List<Row> plan = new ArrayList<>();
    for (int back = 0; back < 10; back++) {
      plan.add(RowFactory.create("planned", Date.valueOf(AS_OF.minusDays(back)), false));
    }
    Dataset<Row> accepted = ContractRows.of(Table.ACCEPTED_SALES, lines);
    Dataset<Row> arrivals =
        Arrivals.of(
            accepted,
            Optional.of(ContractRows.of(Table.STORE_DAYS, plan)),
            AS_OF,
            SourceRows.LENIENT);
    days = new TreeMap<>();
    arrivals
        .collectAsList()
        .forEach(row -> days.put(row.getAs("store_id") + " " + row.getAs("business_date"), row));
    late = Arrivals.late(arrivals, AS_OF);
  }

  private static void add(List<Row> rows, String store, LocalDate day, int lines) {
    for (int line = 0; line < lines; line++) {
      int hour = 8 + line % 12;
      rows.add(
          RowFactory.create(
              store + day + line / 2,
              1 + line % 2,
              store,
              "P1",
              null,
              Timestamp.valueOf(day.atTime(hour, 0)),
              Date.valueOf(day),
              hour,
              1.0,
              2.0,
              0.0,
              2.0,
              null,
              "store"));
    }
  }

  private static String state(String store, int back) {
    Row row = days.get(store + " " + AS_OF.minusDays(back));
    return row == null ? "none" : row.getAs("state") + " " + row.getAs("reason");
  }

  @Test
  void aDayWithItsUsualLinesIsOpen() {
    Row row = days.get("weekly " + AS_OF);

    assertThat(state("weekly", 0)).isEqualTo("open lines");
    assertThat(row.<Long>getAs("lines")).isEqualTo(20);
    assertThat(row.<Long>getAs("receipts")).isEqualTo(10);
    assertThat(row.<Double>getAs("revenue")).isEqualTo(40);
    assertThat(row.<Integer>getAs("last_hour")).isEqualTo(19);
    assertThat(row.<Double>getAs("usual_lines")).isEqualTo(20);
    assertThat(row.<Double>getAs("usual_last_hour")).isEqualTo(19);
  }

  @Test
  void aWeeklyRhythmIsLearned() {
    assertThat(state("weekly", 2)).isEqualTo("closed weekly");
    assertThat(state("weekly", 9)).isEqualTo("closed weekly");
  }

  @Test
  void aStoreWithoutALineForWeeksWasClosed() {
    assertThat(state("closed", 2)).isEqualTo("open lines");
    assertThat(state("closed", 3)).isEqualTo("closed no_lines");
    assertThat(state("closed", 30)).isEqualTo("closed no_lines");
    assertThat(state("closed", 31)).isEqualTo("open lines");
  }

  @Test
  void aStoreThatSentNothingLatelyIsLateUnlessItWasToBeClosed() {
    assertThat(state("late", 0)).isEqualTo("missing no_lines");
    assertThat(state("planned", 0)).isEqualTo("closed planned");
    assertThat(late).containsExactly("late missing", "partly partly");
  }

  @Test
  void fewOfTheUsualLinesAreAPartOfADay() {
    assertThat(state("partly", 0)).isEqualTo("partly few_lines");
    assertThat(state("partly", 70)).isEqualTo("partly few_lines");
    assertThat(state("partly", 71)).as("older open days are not kept").isEqualTo("none");
  }

  @Test
  void aSmallStoreMaySellNothingByChance() {
    assertThat(state("small", 1)).isEqualTo("open few_usual");
    assertThat(state("small", 70)).isEqualTo("none");
  }
}
