package com.posmodern.ai.campaign.outcome;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.COST;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.EXPECTED_COST;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import com.posmodern.ai.campaign.audience.Arms;
import com.posmodern.ai.config.Campaign;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each arm has earned, as one line per campaign, arm and segment: few, however many customers.
 */
public final class CampaignResults {
  /** Stands for all segments together. */
  public static final int EVERY_SEGMENT = -1;

  private static final double CONFIDENCE = 0.95;
  private static final String EVERY_SEGMENTS_NAME = "ALL";
  private static final String SEGMENT = "segment";

  /**
   * The interval that is looked at every night is narrowest at so many samples of the stop rule.
   */
  private static final int SHARPEST = 10;

  /** Why a variant is stopped. */
  public enum Stop {
    /** It earns less than no message. */
    HARM,
    /** More customers unsubscribed than the campaign allows. */
    UNSUBSCRIBED
  }

  /**
   * One line of the results.
   *
   * @param incremental revenue that the messages brought; empty in the arms without messages and
   *     where there are too few customers
   * @param halfWidth half the width of its confidence interval
   * @param margin revenue less purchase cost, of products whose cost is known; empty where it is
   *     known of none that were bought
   * @param costedShare share of the revenue whose purchase cost is known; empty without revenue
   * @param stop why the variant is stopped; empty while it goes on
   */
  public record Line(
      String campaignId,
      String arm,
      int segmentId,
      String segmentName,
      long customers,
      long sent,
      long opened,
      long clicked,
      long unsubscribed,
      long converted,
      double revenue,
      double cost,
      Optional<Double> margin,
      Optional<Double> costedShare,
      Optional<Double> incremental,
      double halfWidth,
      Optional<Stop> stop) {}

  private record Key(String campaignId, int segmentId) {}

  private record Arm(Row row, ArmSums sums) {
    String name() {
      return row.getAs(ARM);
    }
  }

  private CampaignResults() {}

  /**
   * Measures every campaign that has selected customers before.
   *
   * @param sales {@code features.accepted_sales}
   * @param costs of the products of some lines: store_id, product_id, unit_cost, where it is known
   * @param campaigns that are switched on, for their stop rules
   * @param stopped campaign → variants that were stopped before; they stay so
   */
  public static List<Line> of(
      Dataset<Row> audience,
      Dataset<Row> sales,
      Optional<UnaryOperator<Dataset<Row>>> costs,
      Optional<Dataset<Row>> events,
      LocalDate asOf,
      int prePeriodDays,
      List<Campaign> campaigns,
      Map<String, Map<String, Stop>> stopped) {
    Dataset<Row> members = Members.of(audience, sales, costs, events, asOf, prePeriodDays);
    Map<Key, List<Arm>> groups =
        sums(members).collectAsList().stream()
            .map(row -> new Arm(row, sumsOf(row)))
            .collect(
                Collectors.groupingBy(
                    arm -> new Key(arm.row().getAs(CAMPAIGN_ID), arm.row().getAs(SEGMENT_ID))));
    Map<String, Campaign> byId =
        campaigns.stream().collect(Collectors.toMap(Campaign::id, Function.identity()));
    List<Line> lines = new ArrayList<>();
    groups.forEach(
        (key, arms) -> {
          Optional<Arm> baseline = baseline(key, arms);
          for (Arm arm : arms) {
            lines.add(
                line(
                    arm,
                    baseline.filter(base -> !untouched(arm.name())),
                    key.segmentId() == EVERY_SEGMENT
                        ? Optional.ofNullable(byId.get(key.campaignId()))
                        : Optional.empty(),
                    Optional.ofNullable(
                        stopped.getOrDefault(key.campaignId(), Map.of()).get(arm.name()))));
          }
        });
    return lines;
  }

  private static Dataset<Row> sums(Dataset<Row> members) {
    Column before = col(Members.BEFORE);
    Column after = col(Members.AFTER);
    List<Column> sums = new ArrayList<>();
    sums.add(max(col(SEGMENT_NAME)).as(SEGMENT_NAME));
    sums.add(sum(after).as("y"));
    sums.add(sum(before).as("x"));
    sums.add(sum(after.multiply(after)).as("yy"));
    sums.add(sum(before.multiply(before)).as("xx"));
    sums.add(sum(before.multiply(after)).as("xy"));
    sums.add(sum(col(EXPECTED_COST)).as(COST));
    sums.add(sum(col(Members.COSTED)).as(Members.COSTED));
    sums.add(sum(col(Members.GOODS)).as(Members.GOODS));
    sums.add(sum(col(Members.BOUGHT)).cast("bigint").as(Members.BOUGHT));
    for (String kind : Members.EVENTS) {
      sums.add(sum(col(kind)).cast("bigint").as(kind));
    }
    return members
        .withColumn(
            SEGMENT,
            explode(
                array(
                    struct(
                        lit(EVERY_SEGMENT).as(SEGMENT_ID),
                        lit(EVERY_SEGMENTS_NAME).as(SEGMENT_NAME)),
                    struct(col(SEGMENT_ID), col(SEGMENT_NAME)))))
        .drop(SEGMENT_ID, SEGMENT_NAME)
        .select(col("*"), col(SEGMENT + ".*"))
        .groupBy(col(CAMPAIGN_ID), col(SEGMENT_ID), col(ARM))
        .agg(count(lit(1)).as(CUSTOMERS), sums.toArray(Column[]::new))
        .orderBy(CAMPAIGN_ID, SEGMENT_ID, ARM);
  }

  private static ArmSums sumsOf(Row row) {
    return new ArmSums(
        row.getAs(CUSTOMERS),
        row.getAs("y"),
        row.getAs("x"),
        row.getAs("yy"),
        row.getAs("xx"),
        row.getAs("xy"));
  }

  /** Controls of a campaign, who may hear of other campaigns as its customers may. */
  private static Optional<Arm> baseline(Key key, List<Arm> arms) {
    String wanted = key.campaignId().equals(Members.EVERY_CAMPAIGN) ? Arms.HOLDOUT : Arms.CONTROL;
    return arms.stream().filter(arm -> arm.name().equals(wanted)).findFirst();
  }

  private static boolean untouched(String arm) {
    return Set.of(Arms.HOLDOUT, Arms.CONTROL).contains(arm);
  }

  private static Line line(
      Arm arm, Optional<Arm> baseline, Optional<Campaign> campaign, Optional<Stop> before) {
    Row row = arm.row();
    long customers = arm.sums().customers();
    Optional<Effect> effect =
        baseline
            .filter(base -> Math.min(customers, base.sums().customers()) >= Effect.FEWEST)
            .map(base -> Effect.of(arm.sums(), base.sums()));
    long unsubscribed = row.getAs(Members.EVENTS[3]);
    long sent = row.getAs(Members.EVENTS[0]);
    double costed = row.getAs(Members.COSTED);
    double goods = row.getAs(Members.GOODS);
    return new Line(
        row.getAs(CAMPAIGN_ID),
        arm.name(),
        row.getAs(SEGMENT_ID),
        row.getAs(SEGMENT_NAME),
        customers,
        sent,
        row.getAs(Members.EVENTS[1]),
        row.getAs(Members.EVENTS[2]),
        unsubscribed,
        row.getAs(Members.BOUGHT),
        arm.sums().after(),
        row.getAs(COST),
        goods > 0 ? Optional.of(costed - goods) : Optional.empty(),
        arm.sums().after() > 0
            ? Optional.of(Math.max(0, Math.min(1, costed / arm.sums().after())))
            : Optional.empty(),
        effect.map(found -> found.estimate() * customers),
        effect.map(found -> found.margin(CONFIDENCE) * customers).orElse(0.0),
        before.or(
            () ->
                campaign
                    .filter(any -> !untouched(arm.name()))
                    .filter(any -> customers >= any.stopRule().smallestSample())
                    .flatMap(any -> stop(any.stopRule(), effect, sent, unsubscribed))));
  }

  private static Optional<Stop> stop(
      Campaign.StopRule rule, Optional<Effect> effect, long sent, long unsubscribed) {
    if (sent >= rule.smallestSample() && unsubscribed > rule.unsubscribedShare() * sent) {
      return Optional.of(Stop.UNSUBSCRIBED);
    }
    double sharpest = (double) SHARPEST * rule.smallestSample();
    return effect
        .filter(found -> found.estimate() + found.sequentialMargin(CONFIDENCE, sharpest) < 0)
        .map(found -> Stop.HARM);
  }
}
