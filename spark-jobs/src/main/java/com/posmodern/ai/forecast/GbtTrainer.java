package com.posmodern.ai.forecast;

import static org.apache.spark.sql.types.DataTypes.DoubleType;

import com.posmodern.ai.config.ForecastSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Trains Spark's own gradient-boosted trees, the candidate that needs no native code. */
final class GbtTrainer {
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final String WEIGHT = "weight";
  private static final int BINS = 32;
  private static final int SMALLEST_LEAF = 20;

  /** So many rows keep a task busy for some seconds; it follows from the data alone. */
  private static final int ROWS_OF_A_TASK = 10_000;

  private GbtTrainer() {}

  static TrainedModel train(
      SparkSession spark,
      TrainingSet all,
      ForecastSettings.MllibGbt settings,
      double volumeWeight,
      long seed) {
    TrainingSet rows = all.withoutSignals().thinned(settings.maxTrainingRows());
    List<Row> vectors = new ArrayList<>(rows.rows());
    for (int i = 0; i < rows.rows(); i++) {
      double[] features = new double[rows.columns()];
      for (int j = 0; j < features.length; j++) {
        features[j] = BoostedTrees.known(rows.features()[i * rows.columns() + j]);
      }
      double target = rows.targets()[i];
      double weight = Math.pow(rows.levels()[i], volumeWeight);
      vectors.add(RowFactory.create(Vectors.dense(features), target, weight));
    }
    StructType schema =
        new StructType()
            .add(FEATURES, SQLDataTypes.VectorType(), false)
            .add(LABEL, DoubleType, false)
            .add(WEIGHT, DoubleType, false);
    // Cut off from the driver's list, which every task of every tree would carry along otherwise.
    Dataset<Row> training =
        spark
            .createDataFrame(vectors, schema)
            .coalesce(1 + (rows.rows() - 1) / ROWS_OF_A_TASK)
            .localCheckpoint();
    GBTRegressor regressor =
        new GBTRegressor()
            .setFeaturesCol(FEATURES)
            .setLabelCol(LABEL)
            .setWeightCol(WEIGHT)
            .setMaxIter(settings.iterations())
            .setMaxDepth(settings.maxDepth())
            .setStepSize(settings.stepSize())
            .setMaxBins(BINS)
            .setMinInstancesPerNode(SMALLEST_LEAF)
            .setSubsamplingRate(1.0)
            .setSeed(seed);
    byte[] payload = BoostedTrees.of(regressor.fit(training)).toBytes();
    return new TrainedModel(Candidate.MLLIB_GBT, payload, rows.rows(), rows.columns());
  }
}
