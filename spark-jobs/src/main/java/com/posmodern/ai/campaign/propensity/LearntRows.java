package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.contract.Columns.EXAMPLE;
import static com.posmodern.ai.contract.Columns.FEATURES;
import static com.posmodern.ai.contract.Columns.LABEL;
import static com.posmodern.ai.contract.Columns.MODEL;
import static com.posmodern.ai.contract.Columns.PART;
import static com.posmodern.ai.contract.Columns.PREDICTION;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows that a kind was trained and judged on, for comparison with other programs. */
public final class LearntRows {
  private static final StructType SCHEMA =
      new StructType()
          .add(MODEL, DataTypes.StringType, false)
          .add(PART, DataTypes.StringType, false)
          .add(EXAMPLE, DataTypes.LongType, false)
          .add(FEATURES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(LABEL, DataTypes.DoubleType, false)
          .add(PREDICTION, DataTypes.DoubleType, true);

  private final PropensityKind kind;
  private final Examples past;
  private final Examples later;
  private final double[] judged;

  LearntRows(PropensityKind kind, Examples past, Examples later, double[] judged) {
    this.kind = kind;
    this.past = past;
    this.later = later;
    this.judged = judged;
  }

  /** Rows of {@code models.propensity_examples}. */
  public Dataset<Row> rows(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    add(rows, "train", past, false);
    add(rows, "judge", later, true);
    return spark.createDataFrame(rows, SCHEMA);
  }

  private void add(List<Row> rows, String part, Examples examples, boolean predicted) {
    for (int row = 0; row < examples.size(); row++) {
      List<Float> features = new ArrayList<>(examples.width());
      for (int i = 0; i < examples.width(); i++) {
        features.add(examples.feature(row, i));
      }
      rows.add(
          RowFactory.create(
              kind.model(),
              part,
              (long) row,
              features,
              (double) examples.labels()[row],
              predicted ? judged[row] : null));
    }
  }
}
