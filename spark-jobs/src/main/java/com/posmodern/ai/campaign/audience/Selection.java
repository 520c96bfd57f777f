package com.posmodern.ai.campaign.audience;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EXPECTED_COST;
import static com.posmodern.ai.contract.Columns.EXPECTED_GAIN;
import static com.posmodern.ai.contract.Columns.LEGAL_BASIS;
import static com.posmodern.ai.contract.Columns.MEASURE_DAYS;
import static com.posmodern.ai.contract.Columns.RESPONSE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.STEP;
import static com.posmodern.ai.contract.Columns.VERDICT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.CampaignSettings;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The selection of one night: every customer before every campaign of the day.
 *
 * <p>All campaigns are asked about a customer in one row, so that the contest between them needs no
 * shuffle. Close it when both results have been written.
 */
public final class Selection implements AutoCloseable {
  /** Messages rest on consent, whatever profiling rests on. */
  public static final String CONSENT = "CONSENT";

  private static final String SELECTED = "SELECTED_";
  private static final String CHOICE = "choice";
  private static final String LOSS = "loss";
  private static final String LEARNT = "learnt";
  private static final String FITTING = "fitting";
  private static final String SPENT = "spent";
  private static final String BUDGET = "budget";

  private final Dataset<Row> contested;
  private final Dataset<Row> budgets;

  private Selection(Dataset<Row> contested, Dataset<Row> budgets) {
    this.contested = contested;
    this.budgets = budgets;
  }

  /**
   * Selects.
   *
   * @param campaigns those of the day: switched on, with the day after the as-of date in their
   *     window
   * @param stopped campaign → variants that are stopped
   */
  public static Selection of(
      People.Facts facts,
      List<Campaign> campaigns,
      CampaignSettings settings,
      LocalDate asOf,
      Map<String, Set<String>> stopped) {
    Dataset<Row> people = People.of(facts, campaigns, asOf, settings.capDays());
    Dataset<Row> contested =
        contest(people, campaigns, settings, asOf, stopped).persist(StorageLevel.MEMORY_AND_DISK());
    return new Selection(
        contested, budgets(campaigns, facts.earlier(), asOf, contested.sparkSession()));
  }

  /** One row per customer and campaign; verdict is null where the campaign gets the customer. */
  private static Dataset<Row> contest(
      Dataset<Row> people,
      List<Campaign> campaigns,
      CampaignSettings settings,
      LocalDate asOf,
      Map<String, Set<String>> stopped) {
    Column choices =
        array(
            campaigns.stream()
                .map(
                    c ->
                        choice(
                            new Rules(
                                c,
                                settings,
                                asOf.plusDays(1),
                                stopped.getOrDefault(c.id(), Set.of()))))
                .toArray(Column[]::new));
    Column free = lit((long) settings.capMessages()).minus(col(People.RECENT));
    Column won =
        transform(
            sort_array(col(FITTING)),
            (one, place) ->
                one.withField(
                    VERDICT,
                    when(place.lt(free), lit(null).cast("string"))
                        .when(free.leq(0), lit(Reason.FREQUENCY_CAP.name()))
                        .otherwise(lit(Reason.OTHER_CAMPAIGN.name()))));
    return people
        .select(
            col(CUSTOMER_ID),
            col(SEGMENT_ID),
            col(SEGMENT_NAME),
            col(People.RECENT),
            choices.as(CHOICE))
        .withColumn(FITTING, filter(col(CHOICE), one -> one.getField(VERDICT).isNull()))
        .select(
            col(CUSTOMER_ID),
            col(SEGMENT_ID),
            col(SEGMENT_NAME),
            explode(concat(filter(col(CHOICE), one -> one.getField(VERDICT).isNotNull()), won))
                .as(CHOICE))
        .select(col(CUSTOMER_ID), col(SEGMENT_ID), col(SEGMENT_NAME), col(CHOICE + ".*"))
        .drop(LOSS);
  }

  /** In the order of its fields choices are sorted: the highest gain by response first. */
  private static Column choice(Rules rules) {
    return struct(
        rules.gainByResponse().multiply(-1).as(LOSS),
        lit(rules.campaign().id()).as(CAMPAIGN_ID),
        rules.reason().as(VERDICT),
        rules.channel().as(CHANNEL),
        rules.arm().as(ARM),
        rules.response().as(RESPONSE),
        col(People.UPLIFT).isNotNull().as(LEARNT),
        rules.gain().as(EXPECTED_GAIN),
        when(Arms.touched(rules.arm()), rules.fullCost()).otherwise(0.0).as(EXPECTED_COST),
        lit(rules.campaign().measureDays()).as(MEASURE_DAYS));
  }

  /** What each campaign may still spend. */
  private static Dataset<Row> budgets(
      List<Campaign> campaigns,
      Optional<Dataset<Row>> earlier,
      LocalDate asOf,
      SparkSession spark) {
    Dataset<Row> budgets =
        spark.createDataFrame(
            campaigns.stream().map(c -> RowFactory.create(c.id(), c.offer().budget())).toList(),
            StructType.fromDDL(CAMPAIGN_ID + " string, " + BUDGET + " double"));
    if (earlier.isEmpty()) {
      return budgets;
    }
    Dataset<Row> spent =
        earlier
            .get()
            .where(col(AS_OF_DATE).lt(lit(Date.valueOf(asOf))))
            .groupBy(col(CAMPAIGN_ID))
            .agg(sum(col(EXPECTED_COST)).as(SPENT));
    return budgets
        .join(spent, new String[] {CAMPAIGN_ID}, "left")
        .select(col(CAMPAIGN_ID), col(BUDGET).minus(coalesce(col(SPENT), lit(0.0))).as(BUDGET));
  }

  /** Rows of {@code results.campaign_audience} without the as-of date. */
  public Dataset<Row> audience() {
    return affordable()
        .where(col(VERDICT).isNull())
        .select(
            col(CAMPAIGN_ID),
            col(CUSTOMER_ID),
            col(ARM),
            col(CHANNEL),
            col(SEGMENT_ID),
            col(SEGMENT_NAME),
            col(RESPONSE),
            col(EXPECTED_GAIN),
            col(EXPECTED_COST),
            col(MEASURE_DAYS),
            lit(CONSENT).as(LEGAL_BASIS));
  }

  /** Rows of {@code results.campaign_funnel} without the as-of date. */
  public Dataset<Row> funnel() {
    List<Reason> asked = List.of(Reason.values());
    Column step = lit(asked.size() + 1);
    for (int i = 0; i < asked.size(); i++) {
      step = when(col(VERDICT).equalTo(asked.get(i).name()), lit(i + 1)).otherwise(step);
    }
    return contested
        .where(col(VERDICT).isNotNull())
        .select(CAMPAIGN_ID, VERDICT)
        .unionByName(
            affordable()
                .select(
                    col(CAMPAIGN_ID),
                    coalesce(col(VERDICT), concat(lit(SELECTED), col(ARM))).as(VERDICT)))
        .groupBy(col(CAMPAIGN_ID), col(VERDICT))
        .agg(min(step).as(STEP), count(lit(1)).as(CUSTOMERS));
  }

  /**
   * Those whom a campaign got, with the verdict BUDGET for those whom it cannot pay for. Gains by
   * uplift and by response are on two scales, so those whose uplift is known come first.
   */
  private Dataset<Row> affordable() {
    Column soFar =
        sum(col(EXPECTED_COST))
            .over(
                Window.partitionBy(col(CAMPAIGN_ID))
                    .orderBy(col(LEARNT).desc(), col(EXPECTED_GAIN).desc(), col(CUSTOMER_ID))
                    .rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
    return contested
        .where(col(VERDICT).isNull())
        .join(broadcast(budgets), CAMPAIGN_ID)
        .withColumn(SPENT, soFar)
        .withColumn(VERDICT, when(col(SPENT).gt(col(BUDGET)), lit(Reason.BUDGET.name())));
  }

  @Override
  public void close() {
    contested.unpersist();
  }
}
