package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DEPARTMENT_SHARES;
import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.model.Evaluation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains the segments: samples, scales and clusters customers, and gives each cluster an id and a
 * name.
 */
public final class SegmentTraining {
  /** Name in the model registry. */
  public static final String MODEL = "segment";

  /** Column of revenue minus returns in the days after; null for customers who bought nothing. */
  public static final String NEXT_SPEND = "next_spend";

  /** Column of categories to lines bought in the days after; null likewise. */
  public static final String NEXT_LINES = "next_lines";

  private static final String LINES_SHARE = "lines_share";
  private static final long HASH_RANGE = 1_000_000;
  private static final int CUSTOMERS_PER_PARTITION = 25_000;

  private SegmentTraining() {}

  /** The model and its evaluation. */
  public record Trained(SegmentModel model, Evaluation evaluation) {}

  /** Customers with enough baskets and no missing feature. */
  public static Dataset<Row> placeable(Dataset<Row> customers, SegmentSettings settings) {
    return customers.filter(SegmentFeature.canBePlaced(settings.minBaskets()));
  }

  /**
   * Trains on the placeable customers.
   *
   * @param placeable from {@link #placeable}
   * @param count of its rows, at least the configured minimum
   * @param past customers as of an earlier date with {@link #NEXT_SPEND} and {@link #NEXT_LINES},
   *     by which the segments are judged. Empty when history is too short: then the silhouette
   *     chooses and judges
   * @param before the model in use so far
   * @param highestId highest segment id ever assigned; ids are never reused
   */
  public static Trained train(
      Dataset<Row> placeable,
      long count,
      Optional<Dataset<Row>> past,
      Optional<SegmentModel> before,
      int highestId,
      SegmentSettings settings) {
    Dataset<Row> training = sample(placeable, count, settings.trainingCustomers(), settings.seed());
    List<SegmentFeature> departments = departments(training, settings);
    CustomerSample customers =
        CustomerSample.of(
            sample(training, count, settings.evaluationCustomers(), settings.seed()),
            // Includes the features of the previous model, which is evaluated on the same
            // customers.
            Stream.concat(
                    departments.stream(), before.stream().flatMap(SegmentTraining::departments))
                .toList());
    FeatureSpace space = FeatureSpace.fit(customers, features(departments), settings.weights());
    double[][] points = space.scaled(customers);
    ClusterSearch.Clusters found = ClusterSearch.search(points, settings);
    Optional<OutcomeJudge> judge =
        past.flatMap(rows -> judge(rows, departments, settings))
            .filter(any -> found.centroids().length > 0);
    double[][] start =
        judge
            .map(by -> found.centroids(by.segments(before.map(model -> model.segments().size()))))
            .orElse(found.centroids());
    List<List<Double>> clusters =
        clusters(
            count <= settings.evaluationCustomers()
                ? start
                : refined(training, count, space, start, settings),
            space);
    SegmentModel model =
        new SegmentModel(
            space,
            SegmentIds.given(
                space,
                clusters,
                before.map(SegmentModel::segments).orElse(List.of()),
                before
                    .map(former -> pointsIn(former.space(), customers, points, clusters))
                    .orElse(List.of()),
                highestId));
    SegmentEvaluation evaluated =
        SegmentEvaluation.of(customers, model, before, found.silhouettes());
    return new Trained(
        model,
        judge
            .map(by -> evaluation(by.judged(clusters.size()), evaluated, model, settings))
            .orElseGet(
                () ->
                    new Evaluation(
                        MODEL,
                        parameters(model, "silhouette", settings),
                        evaluated.metrics(),
                        evaluated.skill())));
  }

  private static Evaluation evaluation(
      OutcomeJudge.Judged judged,
      SegmentEvaluation evaluated,
      SegmentModel model,
      SegmentSettings settings) {
    return new Evaluation(
        MODEL,
        parameters(
            model, "purchases of the next %d days".formatted(settings.outcomeDays()), settings),
        Stream.concat(judged.metrics().stream(), evaluated.metrics().stream()).toList(),
        judged.skill(),
        judged.skillError(),
        "");
  }

  private static Optional<OutcomeJudge> judge(
      Dataset<Row> past, List<SegmentFeature> departments, SegmentSettings settings) {
    CustomerOutcomes outcomes =
        CustomerOutcomes.of(placeable(past, settings), NEXT_SPEND, NEXT_LINES, departments);
    return OutcomeJudge.canJudge(outcomes, settings)
        ? Optional.of(new OutcomeJudge(outcomes, features(departments), settings))
        : Optional.empty();
  }

  /**
   * A deterministic sample of about that many customers, by a hash of the customer.
   *
   * @param customers any rows with a customer
   * @param count of the customers
   */
  public static Dataset<Row> sample(Dataset<Row> customers, long count, int limit, long seed) {
    if (count <= limit) {
      return customers;
    }
    Column hash = pmod(xxhash64(col(CUSTOMER_ID), lit(seed)), lit(HASH_RANGE));
    return customers.filter(hash.lt(HASH_RANGE * limit / count));
  }

  /** Refines the result of the sample on more customers. */
  private static double[][] refined(
      Dataset<Row> training,
      long count,
      FeatureSpace space,
      double[][] start,
      SegmentSettings settings) {
    if (start.length == 0) {
      return start;
    }
    int partitions =
        (int) Math.max(2, Math.min(count, settings.trainingCustomers()) / CUSTOMERS_PER_PARTITION);
    return ClusterSearch.refined(
        // Sums differ in their last bits with the contents of partitions, so those must be fixed.
        training
            .repartition(partitions, col(CUSTOMER_ID))
            .sortWithinPartitions(CUSTOMER_ID)
            .select(array_to_vector(array(space.scaled().toArray(Column[]::new)))),
        start,
        settings.maxIterations());
  }

  /** One feature for each of the most bought departments; a bounded number. */
  private static List<SegmentFeature> departments(
      Dataset<Row> customers, SegmentSettings settings) {
    if (settings.maxDepartments() == 0) {
      return List.of();
    }
    return customers
        .select(explode(col(DEPARTMENT_SHARES)))
        .groupBy("key")
        .agg(round(sum("value"), 3).as(LINES_SHARE))
        .orderBy(col(LINES_SHARE).desc(), col("key"))
        .limit(settings.maxDepartments())
        .collectAsList()
        .stream()
        .map(row -> SegmentFeature.ofDepartment(row.getString(0)))
        .toList();
  }

  private static Stream<SegmentFeature> departments(SegmentModel model) {
    return model.space().features().stream().filter(feature -> feature.department().isPresent());
  }

  private static List<SegmentFeature> features(List<SegmentFeature> departments) {
    return Stream.concat(SegmentFeature.BEHAVIOUR.stream(), departments.stream()).toList();
  }

  /** Clusters in a deterministic order; a single one at the median when all customers are equal. */
  private static List<List<Double>> clusters(double[][] centroids, FeatureSpace space) {
    return centroids.length == 0
        ? List.of(Collections.nCopies(space.size(), 0.0))
        : Arrays.stream(centroids)
            .map(SegmentTraining::rounded)
            .sorted(ClusterSearch.byWorth(space))
            .toList();
  }

  private static List<Double> rounded(double[] point) {
    return Arrays.stream(point).map(FeatureSpace::rounded).boxed().toList();
  }

  /**
   * Where the clusters lie in the space of the model in use so far: the mean of their customers
   * there. Moving the centroids over would not do: both spaces cut off what is far out.
   *
   * @param points the customers in the new space
   * @return one point per cluster, in their order; none for a cluster without customers
   */
  private static List<List<Double>> pointsIn(
      FeatureSpace former,
      CustomerSample customers,
      double[][] points,
      List<List<Double>> clusters) {
    int[] assigned = Points.assigned(Points.arrays(clusters), points);
    ClusterGroups groups = ClusterGroups.of(former.scaled(customers), assigned, clusters.size());
    return IntStream.range(0, clusters.size())
        .mapToObj(
            cluster ->
                groups.counts()[cluster] == 0
                    ? List.<Double>of()
                    : rounded(groups.means()[cluster]))
        .toList();
  }

  private static Map<String, String> parameters(
      SegmentModel model, String judgedBy, SegmentSettings settings) {
    return Map.of(
        Evaluation.JUDGED_BY,
        judgedBy,
        "segments",
        String.valueOf(model.segments().size()),
        "features",
        model.space().features().stream()
            .map(SegmentFeature::name)
            .collect(Collectors.joining(", ")),
        "min_baskets",
        String.valueOf(settings.minBaskets()),
        "restarts",
        String.valueOf(settings.restarts()),
        "seed",
        String.valueOf(settings.seed()));
  }
}
