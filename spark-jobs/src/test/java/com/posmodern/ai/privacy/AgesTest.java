package com.posmodern.ai.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AgesTest {
  private static final PseudonymKey KEY = PseudonymKey.of("a-key-of-the-tests-0123456789abcdef");

  @Test
  void onlyTheMonthAndWhetherOfAgeAreKnown() {
    Dataset<Row> customers =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES ('today', date'2007-07-01'), ('tomorrow', date'2007-07-02'),"
                    + " ('leap', date'2008-02-29'), ('grown', date'1980-12-31'), ('none', null),"
                    + " ('twice', date'1980-12-31'), ('twice', date'2010-01-01'),"
                    + " ('half', date'1980-12-31'), ('half', null), (null, date'1980-12-31')"
                    + " AS t(customer_id, birth_date)");
    Dataset<Row> ages = Ages.of(customers, KEY, LocalDate.of(2025, 7, 1), 18);
    assertThat(ages.columns()).containsExactly("customer_id", "of_age", "birthday_month");
    Map<String, String> found =
        ages.collectAsList().stream()
            .collect(
                Collectors.toMap(row -> row.getString(0), row -> row.get(1) + " " + row.get(2)));
    assertThat(found)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                KEY.pseudonym("today"), "true 7",
                KEY.pseudonym("tomorrow"), "false 7",
                KEY.pseudonym("leap"), "false 2",
                KEY.pseudonym("grown"), "true 12",
                KEY.pseudonym("none"), "null null",
                KEY.pseudonym("twice"), "false null",
                KEY.pseudonym("half"), "null 12"));
  }
}
