package com.posmodern.ai.source.imports;

import static com.posmodern.ai.source.imports.SourceReader.FILE;
import static com.posmodern.ai.source.imports.SourceReader.MALFORMED;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.mask;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** How a refused row is kept: enough to find it in its file, nothing that identifies a person. */
final class RefusedRow {
  static final String MASKED = ContractColumn.MASK;

  private RefusedRow() {}

  /**
   * Primary key of the row, without what identifies a person.
   *
   * @param numbered the column that counts accepted rows, which a refused one has no number in
   */
  static Column key(Contract contract, Optional<String> numbered) {
    return concat_ws(
        "/",
        contract.primaryKey().stream()
            .filter(name -> !numbered.equals(Optional.of(name)))
            .map(contract::column)
            .map(
                key ->
                    key.classification() == ContractColumn.Classification.NONE
                        ? col(key.name()).cast(DataTypes.StringType)
                        : lit(MASKED))
            .toArray(Column[]::new));
  }

  /**
   * What the file says, under the mapping's names, and where; what identifies a person is masked. A
   * row refused whole may have such values anywhere, so only its shape is kept where the source has
   * any.
   */
  static Column json(Set<String> columns, Set<String> sensitive) {
    List<Column> fields = new ArrayList<>();
    fields.add(col(FILE).as(ConvertedTable.FILE));
    fields.add(col(SourceReader.LINE).as(ConvertedTable.ROW));
    for (String name : columns) {
      Column value = col(SourceReader.raw(name));
      fields.add(
          (sensitive.contains(name) ? when(value.isNotNull(), lit(MASKED)) : value).as(name));
    }
    Column line =
        sensitive.isEmpty() ? col(MALFORMED) : regexp_replace(mask(col(MALFORMED)), "\\p{Lo}", "x");
    return when(
            col(MALFORMED).isNotNull(),
            to_json(
                struct(
                    col(FILE).as(ConvertedTable.FILE),
                    col(SourceReader.LINE).as(ConvertedTable.ROW),
                    line.as("text"))))
        .otherwise(to_json(struct(fields.toArray(Column[]::new))));
  }
}
