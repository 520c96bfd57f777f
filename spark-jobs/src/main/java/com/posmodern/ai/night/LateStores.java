package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.KNOWN_UNTIL;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.quality.Arrivals;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The stores whose sales of the as-of date have not arrived. They keep the results of the last
 * night, with the last day that those are based on in {@code known_until}; the other stores get new
 * ones.
 *
 * @param knownUntil by store the last day that arrived whole
 */
record LateStores(LocalDate asOf, Map<String, LocalDate> knownUntil) {
  /** Results older than this are worse than new ones that lack a day of sales. */
  private static final int DAYS_KEPT = 7;

  LateStores {
    knownUntil = Map.copyOf(knownUntil);
  }

  /** Those that a lake's arrivals tell; none in a lake without arrivals. */
  static LateStores of(Lake lake, LocalDate asOf) {
    return lake.exists(Table.ARRIVALS)
        ? of(lake.readDate(Table.ARRIVALS, lake.version(Table.ARRIVALS), asOf), asOf)
        : new LateStores(asOf, Map.of());
  }

  /**
   * Reads them from the arrivals.
   *
   * @param arrivals rows of {@code ops.arrivals} of the as-of date
   */
  static LateStores of(Dataset<Row> arrivals, LocalDate asOf) {
    // Most nights there is none, which a scan without a shuffle tells.
    List<String> late =
        arrivals
            .where(col(BUSINESS_DATE).equalTo(lit(asOf)).and(Arrivals.incomplete()))
            .select(STORE_ID)
            .as(Encoders.STRING())
            .collectAsList();
    Map<String, LocalDate> found = new TreeMap<>();
    late.forEach(store -> found.put(store, asOf.minusDays(1)));
    if (!late.isEmpty()) {
      arrivals
          .where(col(STORE_ID).isin(late.toArray()).and(not(Arrivals.incomplete())))
          .groupBy(STORE_ID)
          .agg(max(BUSINESS_DATE))
          .collectAsList()
          .forEach(row -> found.put(row.getString(0), row.getDate(1).toLocalDate()));
    }
    return new LateStores(asOf, found);
  }

  /** Whether all stores have arrived. */
  boolean none() {
    return knownUntil.isEmpty();
  }

  List<String> ids() {
    return knownUntil.keySet().stream().sorted().toList();
  }

  /**
   * Rows to be written: those of late stores replaced by the rows of the last earlier as-of date,
   * where there is one of the last seven days that has some of the store; with {@code known_until}.
   *
   * @param fresh rows computed tonight, without the as-of date
   * @param history rows of earlier as-of dates of the same table
   */
  Dataset<Row> keepIn(Dataset<Row> fresh, Optional<Dataset<Row>> history) {
    Dataset<Row> marked = fresh.withColumn(KNOWN_UNTIL, day());
    if (none() || history.isEmpty()) {
      return marked;
    }
    Column ours = col(STORE_ID).isin(knownUntil.keySet().toArray());
    Dataset<Row> recent =
        history
            .get()
            .where(col(AS_OF_DATE).between(lit(asOf.minusDays(DAYS_KEPT)), lit(asOf.minusDays(1))))
            .where(ours);
    Map<String, LocalDate> last = new TreeMap<>();
    recent
        .groupBy(STORE_ID)
        .agg(max(AS_OF_DATE))
        .collectAsList()
        .forEach(row -> last.put(row.getString(0), row.getDate(1).toLocalDate()));
    if (last.isEmpty()) {
      return marked;
    }
    Column isLast = lit(false);
    for (Map.Entry<String, LocalDate> one : last.entrySet()) {
      isLast =
          isLast.or(
              col(STORE_ID)
                  .equalTo(one.getKey())
                  .and(col(AS_OF_DATE).equalTo(lit(one.getValue()))));
    }
    Dataset<Row> kept = ahead(recent.where(isLast));
    return marked
        .where(not(col(STORE_ID).isin(last.keySet().toArray())))
        .unionByName(
            kept.withColumn(KNOWN_UNTIL, coalesce(col(KNOWN_UNTIL), col(AS_OF_DATE)))
                .drop(AS_OF_DATE));
  }

  /** Of rows that are about a day, those still to come, counted from tonight. */
  private Dataset<Row> ahead(Dataset<Row> rows) {
    if (!List.of(rows.columns()).contains(TARGET_DATE)) {
      return rows;
    }
    return rows.where(col(TARGET_DATE).gt(lit(asOf)))
        .withColumn(HORIZON_DAYS, datediff(col(TARGET_DATE), lit(asOf)));
  }

  private Column day() {
    Column day = lit(null).cast(DataTypes.DateType);
    for (Map.Entry<String, LocalDate> one : new TreeMap<>(knownUntil).entrySet()) {
      day = when(col(STORE_ID).equalTo(one.getKey()), lit(one.getValue())).otherwise(day);
    }
    return day;
  }
}
