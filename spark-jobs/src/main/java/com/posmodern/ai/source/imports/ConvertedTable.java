package com.posmodern.ai.source.imports;

import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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
