package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.TargetColumn.Constant;
import com.posmodern.ai.source.imports.TargetColumn.Expression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.AssertTrue;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.RaiseError;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Resolves every expression of a mapping against an empty table with the mapping's columns, before
 * any file is opened, and notes which columns each table reads.
 */
final class MappingCheck {
  private static final String VALUE = "__value";

  private final SparkSession spark;
  private final ImportMapping mapping;
  private final Map<String, SourceShape> shapes = new HashMap<>();
  private final Map<Table, Set<String>> columnsRead = new HashMap<>();
  private final Map<Table, Set<String>> columnsOfKey = new HashMap<>();
  private final Map<String, Set<String>> sensitive = new HashMap<>();
  private final Map<String, Set<String>> codes = new HashMap<>();

  private final Map<String, Typed> constants = new LinkedHashMap<>();

  private record Typed(String text, DataType type) {}

  /**
   * A source's names.
   *
   * @param origins name → columns of the file that it is made of
   */
  private record SourceShape(Dataset<Row> empty, Map<String, Set<String>> origins) {}

  private MappingCheck(SparkSession spark, ImportMapping mapping) {
    this.spark = spark;
    this.mapping = mapping;
  }

  /**
   * @param columnsRead columns of the file that a table's rows and rules are made of
   * @param columnsOfKey those that its primary key is made of
   * @param sensitive per source, the columns that identify a person in one of the tables
   * @param codes per source, the columns that a key of one of the tables is made of
   */
  record Lineage(
      Map<Table, Set<String>> columnsRead,
      Map<Table, Set<String>> columnsOfKey,
      Map<String, Set<String>> sensitive,
      Map<String, Set<String>> codes) {}

  /**
   * Checks a whole mapping.
   *
   * @throws PosException usage, naming file and key, for an expression that does not resolve, does
   *     not give the column's type, or does more than compute one value from one row
   */
  static Lineage check(SparkSession spark, ImportMapping mapping) {
    MappingCheck check = new MappingCheck(spark, mapping);
    mapping.sources().forEach(check::source);
    mapping.targets().forEach(check::target);
    check.constants();
    return new Lineage(check.columnsRead, check.columnsOfKey, check.sensitive, check.codes);
  }

  private void source(String name, SourceMapping source) {
    StructType schema = new StructType();
    Map<String, Set<String>> origins = new HashMap<>();
    for (Map.Entry<String, SourceColumn> column : source.columns().entrySet()) {
      schema = schema.add(column.getKey(), column.getValue().type());
      origins.put(column.getKey(), Set.of(column.getKey()));
    }
    for (Map.Entry<String, String> derived : source.derived().entrySet()) {
      SourceShape shape = new SourceShape(empty(schema), origins);
      String key = "sources.%s.derived.%s".formatted(name, derived.getKey());
      Resolved resolved = resolve(key, shape, value(key, derived.getValue()));
      schema = schema.add(derived.getKey(), resolved.type());
      origins.put(derived.getKey(), resolved.origins());
    }
    shapes.put(name, new SourceShape(empty(schema), origins));
    sensitive.put(name, new TreeSet<>());
    codes.put(name, new TreeSet<>());
  }

  private void target(Table table, TargetMapping target) {
    Contract contract = Contracts.of(table);
    SourceShape shape = shapes.get(target.source());
    String place = "targets." + table.tableName();
    Set<String> read = new TreeSet<>();
    Set<String> ofKey = new TreeSet<>();
    target
        .columns()
        .forEach(
            (name, column) -> {
              String key = place + ".columns." + name;
              ContractColumn contracted = contract.column(name);
              if (column instanceof Constant constant) {
                constants.put(key, new Typed(constant.text(), contracted.type()));
              } else if (column instanceof Expression expression) {
                Column value = value(key, expression.sql()).try_cast(contracted.type());
                Set<String> origins = resolve(key, shape, value).origins();
                read.addAll(origins);
                if (contracted.isKey()) {
                  ofKey.addAll(origins);
                }
                if (contracted.classification() != ContractColumn.Classification.NONE) {
                  sensitive.get(target.source()).addAll(origins);
                }
                if (contracted.type().equals(DataTypes.StringType)
                    && (contracted.isKey() || name.endsWith("_id"))) {
                  codes.get(target.source()).addAll(origins);
                }
              }
            });
    target
        .rules()
        .forEach(
            (name, sql) -> {
              String key = place + ".rules." + name;
              Resolved resolved = resolve(key, shape, value(key, sql));
              if (!resolved.type().equals(DataTypes.BooleanType)) {
                throw mapping.wrong(key, "the rule is not true or false", "Write a condition.");
              }
              read.addAll(resolved.origins());
            });
    columnsRead.put(table, read);
    columnsOfKey.put(table, ofKey);
  }

  private record Resolved(DataType type, Set<String> origins) {}

  private Resolved resolve(String key, SourceShape shape, Column value) {
    try {
      LogicalPlan alone = shape.empty().select(value.as(VALUE)).queryExecution().analyzed();
      if (!(alone instanceof Project project && project.child() instanceof LocalRelation)
          || !alone.deterministic()) {
        throw mapping.wrong(
            key,
            "the expression does more than compute one value from one row",
            "Leave out aggregates, window functions, explode, queries and random numbers.");
      }
      if (CollectionConverters.asJava(alone.expressions()).stream()
          .anyMatch(MappingCheck::raises)) {
        throw mapping.wrong(
            key,
            "the expression ends the import with an error of its own, which would show the value",
            "Write the condition under rules: rows that break it are quarantined.");
      }
      Set<String> origins = new HashSet<>();
      for (Attribute name : CollectionConverters.asJava(alone.references().toSeq())) {
        // Spark keeps the spelling of the expression; names of a mapping are lower case.
        origins.addAll(shape.origins().get(name.name().toLowerCase(Locale.ROOT)));
      }
      return new Resolved(alone.schema().apply(VALUE).dataType(), origins);
    } catch (PosException e) {
      throw e;
    } catch (Exception e) {
      throw explained(key, shape, e);
    }
  }

  private static boolean raises(org.apache.spark.sql.catalyst.expressions.Expression expression) {
    return expression.exists(part -> part instanceof RaiseError || part instanceof AssertTrue);
  }

  private RuntimeException explained(String key, SourceShape shape, Exception thrown) {
    String reason =
        String.valueOf(thrown.getMessage())
            .lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse("");
    return mapping.wrong(
        key, reason, "The names there are " + List.of(shape.empty().columns()) + ".");
  }

  private Column value(String key, String sql) {
    try {
      return expr(sql);
    } catch (Exception e) {
      throw mapping.wrong(
          key,
          e.getMessage().lines().filter(line -> !line.isBlank()).findFirst().orElse(""),
          "Correct the expression.");
    }
  }

  /** All in one query. */
  private void constants() {
    if (constants.isEmpty()) {
      return;
    }
    StructType any = new StructType().add(VALUE, DataTypes.StringType);
    Row none =
        spark
            .createDataFrame(List.of(RowFactory.create("")), any)
            .select(
                constants.values().stream()
                    .map(constant -> lit(constant.text()).try_cast(constant.type()).isNull())
                    .toArray(Column[]::new))
            .head();
    int i = 0;
    for (Map.Entry<String, Typed> constant : constants.entrySet()) {
      if (none.getBoolean(i++)) {
        throw mapping.wrong(
            constant.getKey(),
            "%s is no %s"
                .formatted(constant.getValue().text(), constant.getValue().type().catalogString()),
            "Correct the constant.");
      }
    }
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }
}
