package com.posmodern.ai.report;

import static com.posmodern.ai.contract.Columns.ATTEMPT;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MESSAGES;
import static com.posmodern.ai.contract.Columns.MESSAGE_STEP;
import static com.posmodern.ai.contract.Columns.OUTCOME;
import static com.posmodern.ai.contract.Columns.RUN_AT;
import static com.posmodern.ai.contract.Columns.SEND_MODE;
import static com.posmodern.ai.contract.Columns.STATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.upper;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of the messages to customers: each counts with the state of its last attempt, and
 * with what the provider and the customer answered; those held back as the last run found them.
 */
public final class SendingRows {
  private static final String LIVE = "LIVE";
  private static final String PLACE = "place";

  private SendingRows() {}

  /**
   * Rows of campaign_id, outcome, messages; empty when nothing was ever sent to a customer.
   *
   * @param outbox {@code ops.outbox}
   * @param runs {@code ops.send_runs}
   * @param events {@code source.campaign_events}
   */
  public static Optional<Dataset<Row>> of(
      Optional<Dataset<Row>> outbox, Optional<Dataset<Row>> runs, Optional<Dataset<Row>> events) {
    Optional<Dataset<Row>> states = outbox.map(SendingRows::states);
    Optional<Dataset<Row>> held = runs.map(SendingRows::held);
    Optional<Dataset<Row>> answers =
        states.isEmpty() ? Optional.empty() : events.map(SendingRows::answers);
    return java.util.stream.Stream.of(states, answers, held)
        .flatMap(Optional::stream)
        .reduce(Dataset::unionByName)
        .map(
            rows -> rows.orderBy(col(CAMPAIGN_ID), col(PLACE), col(MESSAGES).desc(), col(OUTCOME)));
  }

  private static Dataset<Row> states(Dataset<Row> outbox) {
    return outbox
        .where(col(SEND_MODE).equalTo(LIVE))
        .groupBy(CAMPAIGN_ID, CUSTOMER_ID, MESSAGE_STEP)
        .agg(max_by(col(STATE), col(ATTEMPT)).as(OUTCOME))
        .groupBy(CAMPAIGN_ID, OUTCOME)
        .agg(count(lit(1)).as(MESSAGES))
        .withColumn(PLACE, lit(1));
  }

  private static Dataset<Row> answers(Dataset<Row> events) {
    return events
        .where(lower(col(KIND)).notEqual("sent"))
        .groupBy(col(CAMPAIGN_ID), upper(col(KIND)).as(OUTCOME))
        .agg(count_distinct(col(CUSTOMER_ID)).as(MESSAGES))
        .withColumn(PLACE, lit(2));
  }

  /** Of the last run of each campaign, without what it attempted. */
  private static Dataset<Row> held(Dataset<Row> runs) {
    Column attempted = col(OUTCOME).isin("SENT", "FAILED", "DEFERRED", "IN_DOUBT");
    Dataset<Row> live = runs.where(col(SEND_MODE).equalTo(LIVE));
    Dataset<Row> last = live.groupBy(CAMPAIGN_ID).agg(max(RUN_AT).as(RUN_AT));
    return live.join(last, new String[] {CAMPAIGN_ID, RUN_AT})
        .where(org.apache.spark.sql.functions.not(attempted))
        .groupBy(CAMPAIGN_ID, OUTCOME)
        .agg(sum(MESSAGES).as(MESSAGES))
        .withColumn(
            OUTCOME, org.apache.spark.sql.functions.concat(lit("held back: "), lower(col(OUTCOME))))
        .withColumn(PLACE, lit(3));
  }
}
