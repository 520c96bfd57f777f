package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.publish.SqlTypes;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A result table as stored in PostgreSQL.
 *
 * <p>The as-of date is not stored: it is the same for the whole publication, and unchanged rows
 * would have to be rewritten for it. The same holds for the model version, unless several versions
 * made the rows.
 */
record TillTable(Contract contract) {
  static final String BASE_NO = "base_no";
  static final String VALID_FROM = "valid_from";
  static final String VALID_TO = "valid_to";

  /** The valid_to of a row that has not been replaced. */
  static final int OPEN = Integer.MAX_VALUE;

  private static final SqlTypes TYPES =
      new SqlTypes(
          "PostgreSQL",
          "numeric",
          element -> element + "[]",
          Map.of(
              DataTypes.StringType, "text",
              DataTypes.IntegerType, "integer",
              DataTypes.LongType, "bigint",
              DataTypes.DoubleType, "double precision",
              DataTypes.BooleanType, "boolean",
              DataTypes.DateType, "date",
              DataTypes.TimestampType, "timestamp with time zone"));

  static TillTable of(Table table) {
    return new TillTable(Contracts.of(table));
  }

  static boolean isForTheTill(Table table) {
    return Contracts.of(table).consumers().contains("pos");
  }

  String name() {
    return contract.table().tableName();
  }

  /** The partitioned table that contains all bases. */
  String parent() {
    return PostgresLayout.ROWS + "." + name();
  }

  /** Columns stored of each row, in the contract's order. */
  List<ContractColumn> stored() {
    return contract.columns().stream().filter(c -> !c.name().equals(Columns.AS_OF_DATE)).toList();
  }

  List<String> storedNames() {
    return stored().stream().map(ContractColumn::name).toList();
  }

  /** The primary key within a publication. */
  List<String> key() {
    return contract.primaryKey().stream().filter(name -> !name.equals(Columns.AS_OF_DATE)).toList();
  }

  boolean mustBeThere(ContractColumn column) {
    return column.required() && !column.name().equals(Columns.MODEL_VERSION);
  }

  /** Quotes names, in case PostgreSQL reserves the word. */
  static String names(List<String> names) {
    return String.join(", ", names.stream().map(TillTable::quoted).toList());
  }

  static String quoted(String name) {
    return "\"" + name + "\"";
  }

  /** PostgreSQL's type for a type of the contract. */
  static String type(DataType type) {
    return TYPES.of(type);
  }
}
