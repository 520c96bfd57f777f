package com.posmodern.ai.publish;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Nights of a few result tables, as the scoring jobs would write them, without any model. */
public final class TillNights {
  /** Customers that each have {@link #RANKS} recommendations. */
  public static final int CUSTOMERS = 200;

  public static final int RANKS = 5;

  private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);

  private final SparkSession spark = SparkTest.session();
  private final Lake lake;
  private final LakeWriter writer;
  private final Map<String, Publication> ledger = new LinkedHashMap<>();
  private final Map<String, Publication> made = new LinkedHashMap<>();

  public TillNights(Path folder) {
    this.lake = new Lake(spark, folder.toString());
    this.writer = new LakeWriter(lake);
  }

  public static LocalDate asOf(int number) {
    return FIRST.plusDays(number);
  }

  public Lake lake() {
    return lake;
  }

  public PublishedRows rows() {
    return new PublishedRows(lake);
  }

  public Optional<Publication> find(String id) {
    return Optional.ofNullable(ledger.get(id));
  }

  /**
   * A night whose rows differ from those of any other: the sum of all scores is its own, and there
   * are as many customers more as the night has a number.
   *
   * @param changed the first so many customers get the night's own scores; the others' are 1
   */
  public Publication night(int number, int changed) {
    return night(number, changed, "run" + number);
  }

  /** As {@link #night(int, int)}; another run of the same number repeats its date. */
  public Publication night(int number, int changed, String run) {
    // The versions that it names stay readable, whatever was written for its date since.
    String key = number + " " + changed + " " + run;
    if (!made.containsKey(key)) {
      made.put(key, make(number, changed, run));
    }
    Publication publication = made.get(key);
    ledger.put(publication.id(), publication);
    return publication;
  }

  private Publication make(int number, int changed, String run) {
    LocalDate asOf = asOf(number);
    Map<Table, Dataset<Row>> results = new EnumMap<>(Table.class);
    results.put(
        Table.PRODUCT_RECOMMENDATIONS,
        ContractRows.select(
            Table.PRODUCT_RECOMMENDATIONS,
            """
            SELECT 'recommend-%d' AS model_version, concat('c', c.id) AS customer_id,
              cast(r.id + 1 AS int) AS rank, concat('p', r.id) AS product_id,
              CASE WHEN c.id < %d THEN cast(%d AS double) ELSE 1.0D END AS score,
              'popular' AS reason, false AS bought_before, 0L AS purchases
            FROM range(%d) c CROSS JOIN range(%d) r"""
                .formatted(number, changed, number + 2, CUSTOMERS + number, RANKS)));
    results.put(
        Table.CUSTOMER_SEGMENTS,
        ContractRows.select(
            Table.CUSTOMER_SEGMENTS,
            """
            SELECT 'segment-%d' AS model_version, concat('c', id) AS customer_id,
              1 AS segment_id, 'tab\\t, \\\\ and "quote" \\nline' AS segment_name,
              0.25D AS distance, true AS placed
            FROM range(%d)"""
                .formatted(number, CUSTOMERS + number)));
    results.put(
        Table.SIMILAR_PRODUCTS,
        ContractRows.select(
            Table.SIMILAR_PRODUCTS,
            """
            SELECT CASE WHEN id % 2 = 0 THEN 'a' ELSE 'b' END AS model_version,
              concat('p', id) AS product_id, 1 AS rank, 'other' AS similar_product_id,
              0.1D + 0.2D AS score,
              1e-7D AS lift, 'bought_together' AS reason
            FROM range(30)"""));
    return publish(Publication.id(asOf, run), asOf, results);
  }

  /** Writes the results for the date and records them under the id. */
  public Publication publish(String id, LocalDate asOf, Map<Table, Dataset<Row>> results) {
    List<PublishedTable> tables = new ArrayList<>();
    results.forEach(
        (table, rows) -> {
          long written = writer.replace(table, asOf, rows, Map.of());
          List<Row> versions = rows.select(Columns.MODEL_VERSION).distinct().collectAsList();
          tables.add(
              new PublishedTable(
                  table,
                  lake.version(table),
                  written,
                  versions.size() == 1
                      ? Optional.of(versions.get(0).getString(0))
                      : Optional.empty(),
                  Optional.empty(),
                  Optional.empty()));
        });
    Publication publication = new Publication(id, asOf, tables);
    ledger.put(id, publication);
    return publication;
  }
}
