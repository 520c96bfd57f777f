package com.posmodern.ai.publish;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * The types of a database for those of the contracts.
 *
 * @param database for messages
 * @param decimal name of its decimal type
 * @param array its array type for the type of an element
 * @param plain its types for all others
 */
public record SqlTypes(
    String database, String decimal, UnaryOperator<String> array, Map<DataType, String> plain) {

  /**
   * The database's type.
   *
   * @throws IllegalArgumentException where the database has none
   */
  public String of(DataType type) {
    if (type instanceof DecimalType number) {
      return "%s(%d,%d)".formatted(decimal, number.precision(), number.scale());
    }
    if (type instanceof ArrayType list) {
      return array.apply(of(list.elementType()));
    }
    String name = plain.get(type);
    if (name == null) {
      throw new IllegalArgumentException("no " + database + " type for " + type.catalogString());
    }
    return name;
  }
}
