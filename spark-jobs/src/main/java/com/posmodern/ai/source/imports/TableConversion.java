package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.source.imports.SourceReader.FILE;
import static com.posmodern.ai.source.imports.SourceReader.MALFORMED;
import static com.posmodern.ai.source.imports.SourceReader.RAW;
import static com.posmodern.ai.source.imports.SourceReader.UNREADABLE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.source.imports.MappingCheck.Lineage;
import com.posmodern.ai.source.imports.TargetColumn.Constant;
import com.posmodern.ai.source.imports.TargetColumn.Expression;
import com.posmodern.ai.source.imports.TargetColumn.LineNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Rows of one table out of the rows of its source. */
final class TableConversion {
  /** Reason of a line whose number of fields is not the header's. */
  static final String MALFORMED_LINE = "malformed_line";

  /** Reason of all rows of a primary key but the first in the order of their values. */
  static final String DUPLICATE_KEY = "duplicate_key";

  private static final String ROWS_ALIKE = "__rows_alike";
  private static final String PLACE = "__place";

  private final Contract contract;
  private final TargetMapping target;
  private final Set<String> columnsRead;
  private final Set<String> sensitive;
  private final Set<String> sourceColumns;

  TableConversion(ImportMapping mapping, Table table, Lineage lineage) {
    this.contract = Contracts.of(table);
    this.target = mapping.targets().get(table);
    this.columnsRead = lineage.columnsRead().get(table);
    this.sensitive = lineage.sensitive().get(target.source());
    this.sourceColumns = mapping.sources().get(target.source()).columns().keySet();
  }

  /**
   * One row per row of the source: the table's columns, and {@code reasons}, empty for a good row,
   * with {@code row_key} and {@code row_json} for a bad one.
   */
  Dataset<Row> judged(Dataset<Row> rows) {
    Dataset<Row> converted = converted(rows);
    Optional<String> numbered = ImportMapping.numbering(target);
    if (numbered.isPresent()) {
      converted = numbered(converted, numbered.get());
    }
    Dataset<Row> checked = withRuleReasons(converted);
    if (!target.oneRowPerKey() && numbered.filter(contract.primaryKey()::contains).isEmpty()) {
      checked = withoutRepeatedKeys(checked);
    }
    List<Column> columns = new ArrayList<>(columns(contract.columnNames()));
    Column bad = size(col(REASONS)).gt(0);
    columns.add(col(REASONS));
    columns.add(when(bad.and(col(MALFORMED).isNull()), RefusedRow.key(contract)).as(ROW_KEY));
    columns.add(when(bad, RefusedRow.json(sourceColumns, sensitive)).as(ROW_JSON));
    return checked.select(columns.toArray(Column[]::new));
  }

  /** The good rows, in the contract's columns. */
  Dataset<Row> accepted(Dataset<Row> judged) {
    Dataset<Row> good =
        judged.where(size(col(REASONS)).equalTo(0)).select(all(contract.columnNames()));
    if (!target.oneRowPerKey()) {
      return good;
    }
    // Whole rows compete, so that no row is put together from rows that disagree.
    Column place =
        row_number()
            .over(
                Window.partitionBy(all(contract.primaryKey()))
                    .orderBy(
                        Stream.concat(
                                Stream.of(col(ROWS_ALIKE).desc()),
                                columns(contract.columnNames()).stream())
                            .toArray(Column[]::new)));
    return good.groupBy(all(contract.columnNames()))
        .agg(count(lit(1)).as(ROWS_ALIKE))
        .withColumn(PLACE, place)
        .where(col(PLACE).equalTo(1))
        .select(all(contract.columnNames()));
  }

  /** The bad rows, in the shape of {@code ops.quarantine} without its as-of date. */
  Dataset<Row> quarantined(Dataset<Row> judged) {
    return judged
        .where(size(col(REASONS)).gt(0))
        .select(
            lit(contract.table().tableName()).as(TABLE_NAME),
            col(REASONS),
            col(ROW_KEY),
            col(ROW_JSON));
  }

  private Dataset<Row> converted(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    List<Column> reasons = new ArrayList<>();
    for (ContractColumn column : contract.columns()) {
      Column given = given(column);
      Column value = given.try_cast(column.type());
      columns.add(value.as(column.name()));
      // What a type cannot hold, such as a price of a trillion.
      reasons.add(
          when(given.isNotNull().and(value.isNull()), lit(SourceReader.unreadable(column.name()))));
    }
    target.rules().forEach((name, sql) -> reasons.add(unless(expr(sql), name)));
    Column unreadable =
        array_intersect(
            col(UNREADABLE),
            array(
                columnsRead.stream()
                    .map(name -> lit(SourceReader.unreadable(name)))
                    .toArray(Column[]::new)));
    Column own = array_compact(array(reasons.toArray(Column[]::new)));
    columns.add((columnsRead.isEmpty() ? own : concat(unreadable, own)).as(REASONS));
    columns.add(col(RAW));
    columns.add(col(MALFORMED));
    columns.add(col(FILE));
    return rows.select(columns.toArray(Column[]::new));
  }

  private Column given(ContractColumn column) {
    TargetColumn from = target.columns().get(column.name());
    if (from instanceof Expression expression) {
      return expr(expression.sql());
    }
    return from instanceof Constant constant
        ? lit(constant.text())
        : lit(null).cast(DataTypes.StringType);
  }

  private Dataset<Row> numbered(Dataset<Row> rows, String column) {
    LineNumber numbering = (LineNumber) target.columns().get(column);
    Column number =
        row_number()
            .over(
                Window.partitionBy(all(numbering.within()))
                    .orderBy(
                        Stream.concat(columns(numbering.orderBy()).stream(), Stream.of(col(RAW)))
                            .toArray(Column[]::new)));
    return rows.withColumn(column, number.cast(contract.column(column).type()));
  }

  private Dataset<Row> withRuleReasons(Dataset<Row> rows) {
    Column[] broken =
        contract.rules().stream()
            .filter(rule -> rule.scope() == Rule.Scope.ROW)
            .filter(rule -> rule.severity() == Rule.Severity.ERROR)
            .map(rule -> unless(expr(rule.expression()), rule.name()))
            .toArray(Column[]::new);
    Column all = concat(col(REASONS), array_compact(array(broken)));
    return rows.withColumn(
        REASONS, when(col(MALFORMED).isNotNull(), array(lit(MALFORMED_LINE))).otherwise(all));
  }

  private Dataset<Row> withoutRepeatedKeys(Dataset<Row> rows) {
    Column good = size(col(REASONS)).equalTo(0);
    List<Column> sameKey = new ArrayList<>(columns(contract.primaryKey()));
    sameKey.add(good);
    Column place =
        row_number()
            .over(
                Window.partitionBy(sameKey.toArray(Column[]::new))
                    .orderBy(
                        Stream.concat(columns(contract.columnNames()).stream(), Stream.of(col(RAW)))
                            .toArray(Column[]::new)));
    return rows.withColumn(PLACE, place)
        .withColumn(
            REASONS,
            when(good.and(col(PLACE).gt(1)), array(lit(DUPLICATE_KEY))).otherwise(col(REASONS)));
  }

  private static Column unless(Column holds, String reason) {
    return when(not(coalesce(holds, lit(false))), lit(reason));
  }

  private static List<Column> columns(List<String> names) {
    return names.stream().map(name -> col(name)).toList();
  }

  private static Column[] all(List<String> names) {
    return columns(names).toArray(Column[]::new);
  }
}
