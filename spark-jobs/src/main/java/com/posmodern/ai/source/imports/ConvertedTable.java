package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One table out of a conversion.
 *
 * @param accepted rows that keep the contract's row rules, one per primary key, in its columns
 * @param shown the same, what identifies a person masked
 * @param quarantined table_name, reasons, row_key, row_json as in {@code ops.quarantine}
 * @param files all that were read for it
 */
public record ConvertedTable(
    Table table,
    Dataset<Row> accepted,
    Dataset<Row> shown,
    Dataset<Row> quarantined,
    ImportCounts counts,
    List<String> files) {

  /**
   * The keys of all rows, accepted or not, as {@code ops.quarantine} shows them (row_key); those
   * that would show a person are left out.
   */
  public Dataset<Row> rowKeys() {
    Column key = RefusedRow.key(Contracts.of(table), Optional.empty()).as(ROW_KEY);
    return accepted
        .select(key)
        .union(quarantined.select(ROW_KEY))
        .where(not(col(ROW_KEY).contains(RefusedRow.MASKED)))
        .distinct();
  }

  /** Key of the file's path in {@code row_json}. */
  public static final String FILE = "file";

  /** Key of the line or row of the file in {@code row_json}. */
  public static final String ROW = "row_in_file";

  /**
   * The first accepted rows as texts, what identifies a person masked.
   *
   * @param most how many
   */
  public List<String> firstRows(int most) {
    return shown.limit(most).collectAsList().stream()
        .map(
            row ->
                Arrays.stream(row.schema().fieldNames())
                    .map(name -> name + " " + row.getAs(name))
                    .collect(Collectors.joining(", ")))
        .toList();
  }
}
