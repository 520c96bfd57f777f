package com.posmodern.ai.segment;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Judges segments by what they are for: do segments of customers, as they were on an earlier date,
 * say what those customers spend and buy in the days after it?
 *
 * <p>One half of the customers chooses the number of segments, with folds of its own, and learns
 * the segments' means; every figure is of the other half, which chose and taught nothing. The
 * baselines get the same: bands of the sum of recency, frequency and monetary quintiles, as many as
 * there are segments, and all 125 combinations of the quintiles. The skill is beside the bands and
 * the same prediction for everybody; the combinations are only reported, as they are many times as
 * many groups as anybody can name.
 */
final class OutcomeJudge {
  private static final String CANDIDATE = "k_means";
  private static final String BANDS = "rfm_quintiles";
  private static final String CELLS = "rfm_cells";
  private static final String EVERYBODY = "everybody";

  /** Fewer segments win within so much of the best score. */
  private static final double TIE = 0.005;

  /** The number in use so far stays within so much of the best score: ids should live long. */
  private static final double KEEP = 0.015;

  private final CustomerOutcomes outcomes;
  private final List<SegmentFeature> features;
  private final SegmentSettings settings;
  private final int[] learn;
  private final int[] judge;

  OutcomeJudge(CustomerOutcomes outcomes, List<SegmentFeature> features, SegmentSettings settings) {
    this.outcomes = outcomes;
    this.features = features;
    this.settings = settings;
    this.learn = outcomes.positions(i -> i % 2 == 0);
    this.judge = outcomes.positions(i -> i % 2 == 1);
  }

  /** Whether the customers are enough to say anything. */
  static boolean canJudge(CustomerOutcomes outcomes, SegmentSettings settings) {
    return outcomes.size() >= settings.minCustomers()
        && Arrays.stream(outcomes.spend()).anyMatch(spend -> spend > 0);
  }

  /**
   * The number of segments that predicts best within the half that learns.
   *
   * @param former number of segments in use so far
   */
  int segments(Optional<Integer> former) {
    int fewest = settings.minSegments();
    double[] scores =
        IntStream.rangeClosed(fewest, settings.maxSegments())
            .parallel()
            .mapToDouble(this::score)
            .toArray();
    double best = Arrays.stream(scores).max().orElseThrow();
    int first =
        IntStream.range(0, scores.length)
            .filter(i -> scores[i] >= best - TIE)
            .findFirst()
            .orElse(0);
    return former
        .filter(
            k -> k >= fewest && k <= settings.maxSegments() && scores[k - fewest] >= best - KEEP)
        .orElse(fewest + first);
  }

  private double score(int k) {
    int[] one = outcomes.positions(i -> i % 4 == 0);
    int[] other = outcomes.positions(i -> i % 4 == 2);
    GroupPrediction ofSegments =
        GroupPrediction.of(outcomes, groups(one, k), one, other)
            .and(GroupPrediction.of(outcomes, groups(other, k), other, one));
    GroupPrediction ofEverybody =
        GroupPrediction.ofEverybody(outcomes, one, other)
            .and(GroupPrediction.ofEverybody(outcomes, other, one));
    return Arrays.stream(Measure.values())
        .mapToDouble(measure -> 1 - measure.mean(ofSegments) / measure.mean(ofEverybody))
        .filter(Double::isFinite)
        .average()
        .orElse(0);
  }

  /** Everybody's segment, where segments are found among some customers only. */
  private int[] groups(int[] among, int k) {
    CustomerSample some = outcomes.part(among);
    FeatureSpace space = FeatureSpace.fit(some, features, settings.weights());
    double[][] centres = ClusterSearch.fitted(space.scaled(some), k, settings).centres();
    return Points.assigned(centres, space.scaled(outcomes.customers()));
  }

  /** What the registry keeps. */
  record Judged(List<Metric> metrics, double skill, double skillError) {}

  /** Judges that number of segments. */
  Judged judged(int segments) {
    int[] ofLearners = groups(learn, segments);
    GroupPrediction candidate = GroupPrediction.of(outcomes, ofLearners, learn, judge);
    GroupPrediction bands = baseline(c -> SegmentEvaluation.quintileBands(c, segments));
    GroupPrediction cells = baseline(SegmentEvaluation::quintileCells);
    GroupPrediction everybody = GroupPrediction.ofEverybody(outcomes, learn, judge);
    List<Metric> metrics = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      measure.add(metrics, CANDIDATE, candidate, everybody, false);
      measure.add(metrics, BANDS, bands, everybody, true);
      measure.add(metrics, CELLS, cells, everybody, true);
      measure.add(metrics, EVERYBODY, everybody, everybody, true);
    }
    metrics.add(
        metric(
            CANDIDATE,
            "halves_adjusted_rand",
            AdjustedRand.index(boxed(ofLearners), boxed(groups(judge, segments))),
            false,
            true));
    return skill(metrics, candidate, List.of(bands, everybody));
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private GroupPrediction baseline(Function<CustomerSample, int[]> grouping) {
    return GroupPrediction.of(outcomes, grouping.apply(outcomes.customers()), learn, judge);
  }

  /**
   * Mean over the measures of what segments save of the best baseline's loss; its standard error
   * from the customers' paired differences.
   */
  private Judged skill(
      List<Metric> metrics, GroupPrediction candidate, List<GroupPrediction> baselines) {
    double[] saved = new double[judge.length];
    int measures = 0;
    for (Measure measure : Measure.values()) {
      double[] best =
          baselines.stream()
              .map(measure::losses)
              .min(
                  (one, other) ->
                      Double.compare(GroupPrediction.mean(one), GroupPrediction.mean(other)))
              .orElseThrow();
      double mean = GroupPrediction.mean(best);
      if (!(mean > 1e-6)) {
        continue; // A single category, or nobody who bought: there is nothing to predict.
      }
      measures++;
      double[] own = measure.losses(candidate);
      double known = Arrays.stream(own).filter(loss -> !Double.isNaN(loss)).count();
      for (int i = 0; i < saved.length; i++) {
        saved[i] += Double.isNaN(own[i]) ? 0 : (best[i] - own[i]) / mean * saved.length / known;
      }
    }
    if (measures == 0) {
      return new Judged(metrics, Double.NaN, 0);
    }
    double n = saved.length;
    double mean = Arrays.stream(saved).average().orElseThrow();
    double variance = Arrays.stream(saved).map(s -> (s - mean) * (s - mean)).sum() / (n - 1);
    return new Judged(
        metrics,
        FeatureSpace.rounded(mean / measures),
        FeatureSpace.rounded(Math.sqrt(variance / n) / measures));
  }

  private static Metric metric(
      String candidate, String name, double value, boolean baseline, boolean higherIsBetter) {
    return new Metric(
        candidate,
        Metric.ALL,
        name,
        Double.isNaN(value) ? value : FeatureSpace.rounded(value),
        baseline,
        higherIsBetter);
  }

  /** What is predicted. */
  private enum Measure {
    SPEND("next_spend_r2", true),
    LOG_SPEND("next_log_spend_r2", true),
    MIX("next_category_log_loss", false);

    private final String metric;
    private final boolean shareExplained;

    Measure(String metric, boolean shareExplained) {
      this.metric = metric;
      this.shareExplained = shareExplained;
    }

    double[] losses(GroupPrediction prediction) {
      return switch (this) {
        case SPEND -> prediction.spend();
        case LOG_SPEND -> prediction.logSpend();
        case MIX -> prediction.mix();
      };
    }

    double mean(GroupPrediction prediction) {
      return GroupPrediction.mean(losses(prediction));
    }

    /** R² out of sample (share of the squared error saved), or the mean log loss. */
    private void add(
        List<Metric> metrics,
        String candidate,
        GroupPrediction own,
        GroupPrediction everybody,
        boolean baseline) {
      double value = shareExplained ? 1 - mean(own) / mean(everybody) : mean(own);
      metrics.add(metric(candidate, metric, value, baseline, shareExplained));
    }
  }
}
