package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.source.imports.SourceReader.FILE;
import static com.posmodern.ai.source.imports.SourceReader.LINE;
import static com.posmodern.ai.source.imports.SourceReader.MALFORMED;
import static com.posmodern.ai.source.imports.SourceReader.NOTES;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.source.imports.MappingCheck.Lineage;
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
  /** Reason of all rows of a primary key but the first in the order of their values. */
  static final String DUPLICATE_KEY = "duplicate_key";

  private static final String ROWS_ALIKE = "__rows_alike";
  private static final String PLACE = "__place";
  private static final String AGAIN = "__again";

  private final Contract contract;
  private final TargetMapping target;
  private final TableJudgement judgement;
  private final Optional<String> numbered;
  private final Set<String> sensitive;
  private final SourceMapping source;
  private final boolean ofFiles;

  TableConversion(ImportMapping mapping, Table table, Lineage lineage) {
    this.contract = Contracts.of(table);
    this.target = mapping.targets().get(table);
    this.judgement = new TableJudgement(contract, target, lineage.columnsRead().get(table));
    this.numbered = ImportMapping.numbering(target);
    this.sensitive = lineage.sensitive().get(target.source());
    this.source = mapping.sources().get(target.source());
    this.ofFiles = !mapping.origins().containsKey(target.source());
  }

  /** Which rows can be accepted, and why the others cannot. */
  TableJudgement judgement() {
    return judgement;
  }

  Table table() {
    return contract.table();
  }

  /**
   * One row per row of the source: the table's columns, its reasons and notes, and where it comes
   * from. Lines are not numbered yet.
   *
   * @param rows with the table's judgement
   */
  Dataset<Row> judged(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>(judgement.values());
    columns.add(col(judgement.reasons()).as(REASONS));
    columns.add(col(judgement.notes()).as(NOTES));
    columns.add(col(MALFORMED));
    columns.add(col(FILE));
    // A table of a database has no lines.
    columns.add((ofFiles ? col(LINE) : lit(null).cast(DataTypes.LongType)).as(LINE));
    source
        .columns()
        .forEach(
            (name, column) -> {
              Column raw = col(SourceReader.raw(name));
              boolean text = column.type().equals(DataTypes.StringType);
              columns.add((text ? coalesce(raw, col(name)) : raw).as(SourceReader.raw(name)));
            });
    return rows.select(columns.toArray(Column[]::new));
  }

  /** Whether rows of one key must be looked for. */
  boolean keysMayRepeat() {
    return !target.oneRowPerKey() && numbered.filter(contract.primaryKey()::contains).isEmpty();
  }

  boolean mergesRows() {
    return target.oneRowPerKey();
  }

  /** The keys of the good rows, each once. */
  Dataset<Row> keys(Dataset<Row> judged) {
    return good(judged).select(all(contract.primaryKey())).distinct();
  }

  /**
   * The keys of all rows, good or not, each once; rows without a whole key are left out.
   *
   * @param rows of the source
   */
  Dataset<Row> keysOfAll(Dataset<Row> rows) {
    List<Column> keys =
        contract.primaryKey().stream()
            .map(contract::column)
            .map(column -> judgement.given(column).try_cast(column.type()).as(column.name()))
            .toList();
    return rows.select(keys.toArray(Column[]::new))
        .na()
        .drop(contract.primaryKey().toArray(String[]::new))
        .distinct();
  }

  /** The same rows with a reason for all but the first of each key. */
  Dataset<Row> withoutRepeatedKeys(Dataset<Row> judged) {
    Column good = size(col(REASONS)).equalTo(0);
    List<Column> sameKey = new ArrayList<>(columns(contract.primaryKey()));
    sameKey.add(good);
    Column place =
        row_number()
            .over(
                Window.partitionBy(sameKey.toArray(Column[]::new))
                    .orderBy(
                        Stream.concat(
                                columns(contract.columnNames()).stream(),
                                source.columns().keySet().stream()
                                    .map(name -> col(SourceReader.raw(name))))
                            .toArray(Column[]::new)));
    return judged
        .withColumn(PLACE, place)
        .withColumn(
            REASONS,
            when(good.and(col(PLACE).gt(1)), array(lit(DUPLICATE_KEY))).otherwise(col(REASONS)))
        .drop(PLACE);
  }

  /** The same rows with a reason for the lines of numbers that several receipts have. */
  Dataset<Row> withoutUsedAgain(Dataset<Row> judged, Dataset<Row> saleIds) {
    Column again = col(AGAIN).isNotNull().and(size(col(REASONS)).equalTo(0));
    return judged
        .join(saleIds.withColumn(AGAIN, lit(true)), Receipts.seq(SALE_ID), "left")
        .withColumn(REASONS, when(again, array(lit(Receipts.USED_AGAIN))).otherwise(col(REASONS)))
        .drop(AGAIN);
  }

  Dataset<Row> good(Dataset<Row> judged) {
    return judged.where(size(col(REASONS)).equalTo(0)).select(all(contract.columnNames()));
  }

  /** The good rows, in the contract's columns, lines numbered. */
  Dataset<Row> accepted(Dataset<Row> judged) {
    Dataset<Row> good = good(judged);
    if (numbered.isPresent()) {
      good = numbered(good, numbered.get());
    }
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
            when(col(MALFORMED).isNull(), RefusedRow.key(contract, numbered)).as(ROW_KEY),
            RefusedRow.json(source.columns().keySet(), sensitive).as(ROW_JSON));
  }

  /** Values of the good rows as a person may see them. */
  Dataset<Row> shown(Dataset<Row> accepted) {
    return accepted.select(
        contract.columns().stream()
            .map(
                column ->
                    (column.classification() == ContractColumn.Classification.NONE
                            ? col(column.name())
                            : when(col(column.name()).isNotNull(), lit(RefusedRow.MASKED)))
                        .as(column.name()))
            .toArray(Column[]::new));
  }

  private Dataset<Row> numbered(Dataset<Row> rows, String column) {
    LineNumber numbering = (LineNumber) target.columns().get(column);
    // Rows that agree in all columns may take each other's number.
    Stream<String> others =
        contract.columnNames().stream()
            .filter(name -> !name.equals(column))
            .filter(name -> !numbering.within().contains(name))
            .filter(name -> !numbering.orderBy().contains(name));
    Column number =
        row_number()
            .over(
                Window.partitionBy(all(numbering.within()))
                    .orderBy(
                        Stream.concat(numbering.orderBy().stream(), others)
                            .map(name -> col(name))
                            .toArray(Column[]::new)));
    return rows.withColumn(column, number.cast(contract.column(column).type()))
        .select(all(contract.columnNames()));
  }

  private static List<Column> columns(List<String> names) {
    return names.stream().map(name -> col(name)).toList();
  }

  private static Column[] all(List<String> names) {
    return columns(names).toArray(Column[]::new);
  }
}
