package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.source.imports.SourceReader.FAULT;
import static com.posmodern.ai.source.imports.SourceReader.NOTES;
import static com.posmodern.ai.source.imports.SourceReader.UNREADABLE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.source.imports.TargetColumn.Constant;
import com.posmodern.ai.source.imports.TargetColumn.Expression;
import com.posmodern.ai.source.imports.TargetColumn.LineNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Judges the rows of a source for one table: which of them the table accepts, and why not. */
final class TableJudgement {
  private static final String SOURCE_PREFIX = "__source_";
  private static final String REASONS_PREFIX = "__reasons_";
  private static final String NOTES_PREFIX = "__notes_";

  private final Contract contract;
  private final TargetMapping target;
  private final Set<String> columnsRead;

  /**
   * @param columnsRead of the source, from which the table's columns are computed
   */
  TableJudgement(Contract contract, TargetMapping target, Set<String> columnsRead) {
    this.contract = contract;
    this.target = target;
    this.columnsRead = columnsRead;
  }

  /**
   * The same rows with the table's reasons (empty for a good row) and notes in columns of their
   * own, so that all tables of a source are judged in the pass that reads it.
   */
  Dataset<Row> of(Dataset<Row> rows) {
    List<String> names = List.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    // The contract's rules know its columns by name, and those of the source may have the same.
    names.forEach(name -> columns.add(col(name).as(SOURCE_PREFIX + name)));
    columns.addAll(values());
    columns.add(reasonsOfValues().as(REASONS));
    columns.add(
        when(size(col(NOTES)).equalTo(0), col(NOTES)).otherwise(ofColumnsRead(NOTES)).as(NOTES));
    List<Column> broken =
        contract.rules().stream()
            .filter(rule -> rule.scope() == Rule.Scope.ROW)
            .filter(rule -> rule.severity() == Rule.Severity.ERROR)
            .map(rule -> unless(expr(rule.expression()), rule.name()))
            .toList();
    Column all =
        when(coalesce(broken.toArray(Column[]::new)).isNull(), col(REASONS))
            .otherwise(concat(col(REASONS), SourceReader.all(broken)));
    Column fault = col(SOURCE_PREFIX + FAULT);
    List<Column> judged = new ArrayList<>();
    names.forEach(name -> judged.add(col(SOURCE_PREFIX + name).as(name)));
    judged.add(when(fault.isNotNull(), array(fault)).otherwise(all).as(reasons()));
    judged.add(col(NOTES).as(notes()));
    return rows.select(columns.toArray(Column[]::new)).select(judged.toArray(Column[]::new));
  }

  /** Column of the table's reasons among the rows of its source. */
  String reasons() {
    return REASONS_PREFIX + contract.table().tableName();
  }

  /** Column of the table's notes among the rows of its source. */
  String notes() {
    return NOTES_PREFIX + contract.table().tableName();
  }

  /** The table's columns, null where its type cannot hold the value. */
  List<Column> values() {
    return contract.columns().stream()
        .map(column -> given(column).try_cast(column.type()).as(column.name()))
        .toList();
  }

  private Column reasonsOfValues() {
    List<Column> reasons = new ArrayList<>();
    for (ContractColumn column : contract.columns()) {
      Column given = given(column);
      // What a type cannot hold, such as a price of a trillion.
      reasons.add(
          when(
              given.isNotNull().and(given.try_cast(column.type()).isNull()),
              TypedValue.Fault.UNREADABLE.reason(column.name())));
    }
    target.rules().forEach((name, sql) -> reasons.add(unless(expr(sql), name)));
    Column own = SourceReader.all(reasons);
    return when(size(col(UNREADABLE)).equalTo(0).or(lit(columnsRead.isEmpty())), own)
        .otherwise(concat(ofColumnsRead(UNREADABLE), own));
  }

  /** Those of an array of reasons or notes that are about columns of this table. */
  private Column ofColumnsRead(String reasons) {
    List<Column> known = new ArrayList<>();
    known.add(lit(""));
    for (String name : columnsRead) {
      Arrays.stream(TypedValue.Fault.values()).forEach(fault -> known.add(fault.reason(name)));
      known.add(lit(name + TypedValue.REPEATED_HOUR));
    }
    return array_intersect(col(reasons), array(known.toArray(Column[]::new)));
  }

  /** What the mapping gives for a column, before it has the column's type. */
  Column given(ContractColumn column) {
    TargetColumn from = target.columns().get(column.name());
    if (from instanceof Expression expression) {
      return expr(expression.sql());
    }
    if (from instanceof LineNumber) {
      // Good rows are numbered later: until then all have a number that no rule refuses.
      return lit(1);
    }
    return from instanceof Constant constant
        ? lit(constant.text())
        : lit(null).cast(DataTypes.StringType);
  }

  private static Column unless(Column holds, String reason) {
    return when(not(coalesce(holds, lit(false))), lit(reason));
  }
}
