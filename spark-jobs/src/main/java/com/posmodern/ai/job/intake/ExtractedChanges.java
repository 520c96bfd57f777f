package com.posmodern.ai.job.intake;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.imports.Corrections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What an extract changes in a table that exists.
 *
 * @param rows persisted, in the contract's columns and {@link Corrections#ACTION}
 * @param counts rows per action
 */
record ExtractedChanges(Table table, Dataset<Row> rows, Map<String, Long> counts) {

  /**
   * Compares.
   *
   * @param accepted rows that were read; empty when there are none
   * @param existing rows of the lake
   * @param gone keys of rows that are known to be deleted; empty when there are none
   * @param present keys of all rows of the source; empty when they are not compared
   */
  static ExtractedChanges of(
      Table table,
      Optional<Dataset<Row>> accepted,
      Dataset<Row> existing,
      Optional<Dataset<Row>> gone,
      Optional<Dataset<Row>> present) {
    Dataset<Row> removed =
        present
            .map(keys -> existing.join(keys, same(table, existing, keys), "left_anti"))
            .or(
                () ->
                    gone.map(keys -> existing.join(keys, same(table, existing, keys), "left_semi")))
            .orElse(existing.limit(0));
    if (accepted.isPresent()) {
      // A row that came back under its key is not removed.
      removed = removed.join(accepted.get(), same(table, removed, accepted.get()), "left_anti");
    }
    Dataset<Row> removals =
        removed.withColumn(Corrections.ACTION, functions.lit(Corrections.DELETE));
    Dataset<Row> changes =
        accepted
            .map(rows -> Corrections.ofRows(table, rows, existing).unionByName(removals))
            .orElse(removals)
            .persist();
    return new ExtractedChanges(table, changes, SourceWrite.counts(changes));
  }

  private static Column same(Table table, Dataset<Row> one, Dataset<Row> other) {
    List<String> key = Contracts.of(table).primaryKey();
    return key.stream()
        .map(name -> one.col(name).equalTo(other.col(name)))
        .reduce(Column::and)
        .orElseThrow();
  }

  long removed() {
    return counts.getOrDefault(Corrections.DELETE, 0L);
  }

  /**
   * Refuses to remove too much: a table that was emptied by mistake, or a connection to the wrong
   * database.
   *
   * @throws PosException bad data
   */
  void requireRemovedAtMost(double share, Dataset<Row> existing, String place) {
    if (removed() == 0) {
      return;
    }
    long rows = Lake.count(existing);
    if (removed() > share * rows) {
      throw PosException.badData(
          "%,d of %,d rows of %s are missing there, more than missing_at_most %s allows"
              .formatted(removed(), rows, table.tableName(), share),
          place,
          "Nothing was written. Look at the source; if the rows are meant to go, raise"
              + " missing_at_most for one run.");
    }
  }

  String summary() {
    return "%,d new, %,d changed, %,d removed"
        .formatted(
            counts.getOrDefault(Corrections.INSERT, 0L),
            counts.getOrDefault(Corrections.UPDATE, 0L),
            removed());
  }
}
