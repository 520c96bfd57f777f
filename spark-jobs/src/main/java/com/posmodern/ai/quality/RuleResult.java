package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.PASSED;
import static com.posmodern.ai.contract.Columns.ROWS_CHECKED;
import static com.posmodern.ai.contract.Columns.ROWS_FAILED;
import static com.posmodern.ai.contract.Columns.RULE;
import static com.posmodern.ai.contract.Columns.SEVERITY;
import static com.posmodern.ai.contract.Columns.SHARE;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static com.posmodern.ai.contract.Columns.TOLERANCE;

import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The result of one rule on one table.
 *
 * @param share failed rows divided by checked rows; 1 for a broken table rule
 * @param tolerance maximum share with which the rule still passes
 */
public record RuleResult(
    Table table,
    String rule,
    Severity severity,
    long rowsChecked,
    long rowsFailed,
    double share,
    double tolerance) {

  private static final StructType SCHEMA =
      new StructType()
          .add(TABLE_NAME, DataTypes.StringType, false)
          .add(RULE, DataTypes.StringType, false)
          .add(SEVERITY, DataTypes.StringType, false)
          .add(ROWS_CHECKED, DataTypes.LongType, false)
          .add(ROWS_FAILED, DataTypes.LongType, false)
          .add(SHARE, DataTypes.DoubleType, false)
          .add(TOLERANCE, DataTypes.DoubleType, false)
          .add(PASSED, DataTypes.BooleanType, false);

  static RuleResult ofRows(
      Table table, String rule, Severity severity, long checked, long failed, double tolerance) {
    double share = checked == 0 ? 0 : (double) failed / checked;
    return new RuleResult(table, rule, severity, checked, failed, share, tolerance);
  }

  public boolean passed() {
    return share <= tolerance;
  }

  /** True when the result must stop the night. */
  public boolean stops() {
    return severity == Severity.ERROR && !passed();
  }

  /** The results as rows of {@code ops.quality_results}, without its as-of date. */
  public static Dataset<Row> toRows(SparkSession spark, List<RuleResult> results) {
    return spark.createDataFrame(results.stream().map(RuleResult::toRow).toList(), SCHEMA);
  }

  private Row toRow() {
    return RowFactory.create(
        table.tableName(),
        rule,
        severity.name().toLowerCase(Locale.ROOT),
        rowsChecked,
        rowsFailed,
        share,
        tolerance,
        passed());
  }
}
