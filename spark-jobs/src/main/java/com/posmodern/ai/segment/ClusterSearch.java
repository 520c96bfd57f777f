package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;

import com.posmodern.ai.config.SegmentSettings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * K-Means for every number of clusters in the configured range on a sample in memory; the mean
 * silhouette (Rousseeuw 1987) decides. The result from the sample is then refined on all customers
 * (Bradley and Fayyad 1998, "Refining initial points for K-Means clustering").
 */
final class ClusterSearch {
  /** Differences in silhouette below this are noise; the smaller number of clusters wins. */
  private static final double SILHOUETTE_STEP = 1e-3;

  /**
   * More restarts when they are cheap: 20 for 3,000 points, the configured number from 30,000
   * points.
   */
  private static final int POINTS_STARTED = 60_000;

  private static final int MOST_STARTS = 20;

  private ClusterSearch() {}

  /**
   * The result of the search.
   *
   * @param centroids one point per cluster; none when all points are equal
   * @param silhouettes mean silhouette per number of clusters tried
   * @param byNumber one point per cluster, by the number of clusters tried
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared and never modified
  record Clusters(
      double[][] centroids,
      SortedMap<Integer, Double> silhouettes,
      SortedMap<Integer, double[][]> byNumber) {

    /** The clusters of that number, or of the best silhouette where there are not so many. */
    double[][] centroids(int number) {
      return byNumber.getOrDefault(number, centroids);
    }
  }

  private record Tried(int wanted, LocalKMeans.Fitted fitted, double silhouette) {
    int clusters() {
      return fitted.centres().length;
    }
  }

  /**
   * Tries every number of clusters, in parallel on the cores of this machine.
   *
   * @param points in a fixed order, few enough for all fits
   */
  static Clusters search(double[][] points, SegmentSettings settings) {
    List<Tried> tries =
        IntStream.rangeClosed(settings.minSegments(), settings.maxSegments())
            .parallel()
            .mapToObj(k -> tried(points, k, settings))
            .toList();
    SortedMap<Integer, Double> silhouettes = new TreeMap<>();
    SortedMap<Integer, double[][]> byNumber = new TreeMap<>();
    double[][] best = new double[0][];
    double bestSilhouette = Double.NEGATIVE_INFINITY;
    for (Tried tried : tries) {
      if (tried.clusters() < 2) {
        break;
      }
      silhouettes.put(tried.wanted(), tried.silhouette());
      byNumber.put(tried.wanted(), tried.fitted().centres());
      if (tried.silhouette() > bestSilhouette + SILHOUETTE_STEP) {
        bestSilhouette = tried.silhouette();
        best = tried.fitted().centres();
      }
      if (tried.clusters() < tried.wanted()) {
        // Fewer distinct points than clusters: a larger k would give the same clusters.
        break;
      }
    }
    return new Clusters(best, silhouettes, byNumber);
  }

  private static Tried tried(double[][] points, int k, SegmentSettings settings) {
    LocalKMeans.Fitted best = fitted(points, k, settings);
    int[] clusters = Points.assigned(best.centres(), points);
    ClusterGroups groups = ClusterGroups.of(points, clusters, best.centres().length);
    return new Tried(k, best, groups.silhouette(points, clusters));
  }

  /** K-Means finds a local optimum; the best of several starts is kept. */
  static LocalKMeans.Fitted fitted(double[][] points, int k, SegmentSettings settings) {
    int few = Math.min(MOST_STARTS, POINTS_STARTED / points.length);
    LocalKMeans.Fitted best = null;
    for (int start = 0; start < Math.max(settings.restarts(), few); start++) {
      LocalKMeans.Fitted fitted =
          LocalKMeans.fit(
              points,
              LocalKMeans.start(points, k, settings.seed() + start),
              settings.maxIterations());
      if (best == null || fitted.cost() < best.cost()) {
        best = fitted;
      }
    }
    return best;
  }

  /**
   * MLlib's K-Means from given centres, for more points than fit into one process.
   *
   * @param points rows of one vector each, in fixed partitions
   */
  static double[][] refined(Dataset<Row> points, double[][] start, int maxIterations) {
    JavaRDD<org.apache.spark.mllib.linalg.Vector> vectors =
        points.javaRDD().map(row -> Vectors.fromML(row.<Vector>getAs(0)));
    KMeansModel model =
        new KMeans()
            .setK(start.length)
            .setMaxIterations(maxIterations)
            .setEpsilon(LocalKMeans.TOLERANCE)
            .setInitialModel(
                new KMeansModel(
                    Arrays.stream(start)
                        .map(Vectors::dense)
                        .toArray(org.apache.spark.mllib.linalg.Vector[]::new)))
            .run(vectors.rdd());
    return Arrays.stream(model.clusterCenters())
        .map(org.apache.spark.mllib.linalg.Vector::toArray)
        .toArray(double[][]::new);
  }

  /** A deterministic order: highest revenue first, then by coordinates. */
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
