package com.posmodern.ai.quality;

import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The valid rows of a source table: those that the quality job does not quarantine.
 *
 * <p>The lake keeps source tables unchanged; every job that joins one filters it through this
 * class.
 */
public final class ValidRows {
  private ValidRows() {}

  /**
   * Rows that break no error rule, in the contract's columns; of products, stores, customers,
   * promotions and calendar one row per primary key.
   */
  public static Dataset<Row> of(Table table, Dataset<Row> rows) {
    Contract contract = Contracts.of(table);
    return SourceRules.judged(contract, rows)
        .filter(RuleBits.sound(SourceRules.of(contract)))
        .select(contract.columnNames().stream().map(name -> col(name)).toArray(Column[]::new));
  }
}
