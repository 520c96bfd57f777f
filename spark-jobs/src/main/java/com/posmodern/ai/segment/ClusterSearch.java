package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;

import com.posmodern.ai.config.SegmentSettings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * K-Means for every number of clusters in the configured range; the mean silhouette (Rousseeuw
 * 1987) decides. Starts are k-means|| (Bahmani et al. 2012).
 */
final class ClusterSearch {
  /** Vector column in, cluster column out. */
  static final String POINT = "point";

  static final String CLUSTER = "cluster";

  private static final int START_ROUNDS = 4;

  /** Differences below this are noise; the smaller number of clusters wins. */
  private static final double SILHOUETTE_STEP = 1e-3;

  private ClusterSearch() {}

  /**
   * What the search came to.
   *
   * @param centroids one point per cluster
   * @param silhouettes mean silhouette per number of clusters tried
   */
  record Found(List<List<Double>> centroids, SortedMap<Integer, Double> silhouettes) {}

  /**
   * Tries every number of clusters with one start, and fits the best one with all of them.
   *
   * @param training points to learn from, in a fixed order
   * @param evaluation a part of them that is small enough for a fit per number of clusters
   */
  static Found search(Dataset<Row> training, Dataset<Row> evaluation, SegmentSettings settings) {
    SortedMap<Integer, Double> silhouettes = new TreeMap<>();
    KMeansModel best = null;
    double bestSilhouette = Double.NEGATIVE_INFINITY;
    for (int k = settings.minSegments(); k <= settings.maxSegments(); k++) {
      KMeansModel model = fit(evaluation, k, 1, settings);
      // Fewer distinct points than clusters: a larger k would find the same clusters again.
      boolean exhausted = model.clusterCenters().length < k;
      if (model.clusterCenters().length < 2) {
        break;
      }
      double silhouette = silhouette(model.transform(evaluation));
      silhouettes.put(k, silhouette);
      if (silhouette > bestSilhouette + SILHOUETTE_STEP) {
        bestSilhouette = silhouette;
        best = model;
      }
      if (exhausted) {
        break;
      }
    }
    if (best == null) {
      return new Found(List.of(), silhouettes);
    }
    KMeansModel last = fit(training, best.clusterCenters().length, settings.restarts(), settings);
    return new Found(
        Arrays.stream(last.clusterCenters()).map(ClusterSearch::point).toList(), silhouettes);
  }

  /**
   * Mean silhouette (Rousseeuw 1987).
   *
   * @param assigned points with their cluster, of which there are at least two
   * @return mean silhouette with squared distances, between -1 and 1
   */
  static double silhouette(Dataset<Row> assigned) {
    return new ClusteringEvaluator()
        .setFeaturesCol(POINT)
        .setPredictionCol(CLUSTER)
        .evaluate(assigned);
  }

  /** K-Means finds a local optimum; of several starts the cheapest one is kept. */
  private static KMeansModel fit(Dataset<Row> points, int k, int starts, SegmentSettings settings) {
    // Without the other columns, K-Means holds the vectors themselves in memory.
    Dataset<Row> vectors = points.select(POINT);
    KMeansModel best = null;
    for (int start = 0; start < starts; start++) {
      KMeansModel model =
          new KMeans()
              .setFeaturesCol(POINT)
              .setPredictionCol(CLUSTER)
              .setK(k)
              .setInitSteps(START_ROUNDS)
              .setMaxIter(settings.maxIterations())
              .setSeed(settings.seed() + start)
              .fit(vectors);
      if (best == null || cost(model) < cost(best)) {
        best = model;
      }
    }
    return best;
  }

  private static double cost(KMeansModel model) {
    return FeatureSpace.rounded(model.summary().trainingCost());
  }

  private static List<Double> point(Vector vector) {
    return Arrays.stream(vector.toArray()).map(FeatureSpace::rounded).boxed().toList();
  }

  /** An order that does not hang on chance: the highest revenue first, then by coordinates. */
  static Comparator<List<Double>> byWorth(FeatureSpace space) {
    List<String> names = space.features().stream().map(SegmentFeature::name).toList();
    int worth = Math.max(0, names.indexOf(MONETARY_VALUE));
    Comparator<List<Double>> order =
        Comparator.<List<Double>>comparingDouble(point -> point.get(worth)).reversed();
    for (int i = 0; i < space.size(); i++) {
      int coordinate = i;
      order = order.thenComparingDouble(point -> point.get(coordinate));
    }
    return order;
  }
}
