package com.posmodern.ai.lake;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.VerifiedWrite.Change;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes tables of business dates, which keep one copy of a day's rows for all as-of dates: a night
 * replaces the days that are new or changed, in one Delta commit.
 */
public final class HistoryWriter {
  private final Lake lake;
  private final WrittenTables tables;

  /**
   * @param marks as for {@link LakeWriter#LakeWriter(Lake, Function)}
   */
  public HistoryWriter(Lake lake, Function<Table, Map<String, String>> marks) {
    this.lake = lake;
    this.tables = new WrittenTables(lake, marks);
  }

  /**
   * Which rows of a table of business dates are replaced.
   *
   * @param days whose rows; empty for all
   * @param some whether there are any on these days: without, rows are only added
   */
  public record Scope(Optional<Days> days, boolean some) {
    public static final Scope WHOLE = new Scope(Optional.empty(), true);
  }

  /**
   * Replaces rows of a table of business dates, and all of them and its columns when they are of a
   * former version.
   *
   * @param rows the contract's columns
   * @param standing kept with the commit
   * @return rows written
   * @throws PosException as {@link LakeWriter#replace}
   */
  public long replace(Table table, Dataset<Row> rows, Scope scope, Standing standing) {
    Contract contract = Contracts.of(table);
    Optional<String> note = Optional.of(standing.toJson());
    ToLongFunction<Dataset<Row>> counted =
        added -> Lake.count(scope.days().map(d -> added.where(d.has(BUSINESS_DATE))).orElse(added));
    synchronized (lake.lockOf(table)) {
      try {
        Dataset<Row> checked = RowRules.enforced(contract, ContractColumns.inOrder(contract, rows));
        WrittenTables.Found found = tables.found(contract, checked, note, counted);
        long written = found.verified();
        if (!found.isNew()) {
          TableLog log = tables.kept(contract, found.log());
          Change whole =
              FormerSchema.isCopiedByDate(contract, log.schema())
                  ? Change.WHOLE_AND_SCHEMA
                  : Change.WHOLE;
          Change change = scope.days().map(days -> change(days, scope)).orElse(whole);
          written = tables.commit(contract, checked, change.with(note), counted);
        }
        lake.loaded(table, lake.newest(table));
        return written;
      } catch (Exception | FSError e) {
        throw StorageErrors.explain(e, "writing " + table);
      }
    }
  }

  private static Change change(Days days, Scope scope) {
    return scope.some() && !days.isEmpty()
        ? Change.replacing(days.condition(BUSINESS_DATE))
        : Change.APPEND;
  }
}
