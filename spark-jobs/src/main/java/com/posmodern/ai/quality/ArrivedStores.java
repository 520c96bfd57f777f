package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.QualitySettings;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which stores' sales of a day are in the source table, before any line is judged: a look that is
 * cheap enough to repeat until the night can start.
 *
 * @param expected number of stores that were open that day, as far as the calendar and the last
 *     weeks tell
 * @param late those of them with few lines or none, with the state: "S3 missing"
 */
public record ArrivedStores(int expected, List<String> late) {
  /** Eight weeks decide what is usual; in the ninth no store may seem to have just opened. */
  private static final int DAYS_READ = 63;

  public ArrivedStores {
    late = List.copyOf(late);
  }

  /**
   * Reads the last nine weeks up to the date, nothing older.
   *
   * @param sales rows of the source table
   * @param stores valid rows of the source table
   * @param storeDays valid rows of the opening calendar
   */
  public static ArrivedStores of(
      Dataset<Row> sales,
      Dataset<Row> stores,
      Optional<Dataset<Row>> storeDays,
      LocalDate date,
      QualitySettings settings) {
    // A day more on both sides: the store's clock is some hours from UTC.
    Dataset<Row> read =
        sales.where(
            col(SOLD_AT).between(midnight(date.minusDays(DAYS_READ)), midnight(date.plusDays(2))));
    Dataset<Row> dated =
        AcceptedSales.of(StoreClock.of(stores).dated(read).where(col(StoreClock.STORE_IS_KNOWN)))
            .where(col(BUSINESS_DATE).leq(lit(date)));
    List<Row> states =
        Arrivals.of(dated, storeDays, date, settings)
            .where(col(BUSINESS_DATE).equalTo(lit(date)).and(col(STATE).notEqual("closed")))
            .select(STORE_ID, STATE)
            .collectAsList();
    return new ArrivedStores(
        states.size(),
        states.stream()
            .filter(row -> !row.getString(1).equals("open"))
            .map(row -> row.getString(0) + " " + row.getString(1))
            .sorted()
            .toList());
  }

  /** Share of the expected stores whose sales have arrived; 1 on a day on which none was open. */
  public double share() {
    return expected == 0 ? 1 : (expected - late.size()) / (double) expected;
  }

  /** "48 of 50 stores have arrived, late are S3 missing, S7 partly", with at most so many names. */
  public String summary(int mostNames) {
    String counted = "%d of %d stores have arrived".formatted(expected - late.size(), expected);
    if (late.isEmpty()) {
      return counted;
    }
    return counted + ", late are " + named(late, mostNames);
  }

  /** "S3, S7 and 5 more", with at most so many names. */
  public static String named(List<String> stores, int most) {
    String some = stores.stream().limit(most).collect(Collectors.joining(", "));
    return stores.size() > most ? some + " and " + (stores.size() - most) + " more" : some;
  }

  private static Timestamp midnight(LocalDate date) {
    return Timestamp.from(date.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC));
  }
}
