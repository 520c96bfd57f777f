package com.posmodern.ai.privacy;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.ContractColumn.Classification;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** The view of a source table that jobs get. */
public final class SourceView {
  private static final LocalDate MASKED_DATE = LocalDate.of(1, 1, 1);

  private SourceView() {}

  /**
   * The rows with customer keys replaced by pseudonyms and without the values of other personal
   * columns: a text or date is masked if present, and anything else is null.
   *
   * @param rows the contract's columns
   */
  public static Dataset<Row> of(Contract contract, Dataset<Row> rows, PseudonymKey key) {
    return of(contract, rows, key, List.of());
  }

  /**
   * As above.
   *
   * @param more columns of the rows besides, which tell nothing of a person
   */
  public static Dataset<Row> of(
      Contract contract, Dataset<Row> rows, PseudonymKey key, List<String> more) {
    if (contract.sensitiveColumns().isEmpty()) {
      return rows;
    }
    return rows.select(
        Stream.concat(
                contract.columns().stream().map(column -> seen(column, key).as(column.name())),
                more.stream().map(name -> col(name)))
            .toArray(Column[]::new));
  }

  /**
   * As {@link #of}, with what customers wrote as they wrote it: for the one room that classifies
   * it. Keys are pseudonyms here, too.
   */
  public static Dataset<Row> withTexts(Contract contract, Dataset<Row> rows, PseudonymKey key) {
    return rows.select(
        contract.columns().stream()
            .map(
                column ->
                    (isText(column) ? col(column.name()) : seen(column, key)).as(column.name()))
            .toArray(Column[]::new));
  }

  private static boolean isText(ContractColumn column) {
    return !column.customerKey() && column.type().equals(DataTypes.StringType);
  }

  private static Column seen(ContractColumn column, PseudonymKey key) {
    Column value = col(column.name());
    if (column.customerKey()) {
      return key.pseudonym(value);
    }
    if (column.classification() == Classification.NONE) {
      return value;
    }
    if (column.type().equals(DataTypes.StringType)) {
      return when(value.isNotNull(), lit(ContractColumn.MASK));
    }
    // Keeps only whether there is a date: some products are not recommended when no age is on
    // record.
    return column.type().equals(DataTypes.DateType)
        ? when(value.isNotNull(), lit(MASKED_DATE))
        : lit(null).cast(column.type());
  }
}
