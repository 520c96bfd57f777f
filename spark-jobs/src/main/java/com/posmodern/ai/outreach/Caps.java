package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.REFERENCE;
import static com.posmodern.ai.contract.Columns.SEND_MODE;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.VALID_UNTIL;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.outreach.Attempt.State;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** How many messages a customer gets within a day and a week, over all campaigns. */
final class Caps {
  private static final String DAY = "messages_day";
  private static final String WEEK = "messages_week";
  private static final String PLACE = "place";
  private static final Duration ONE_DAY = Duration.ofDays(1);
  private static final Duration ONE_WEEK = Duration.ofDays(7);

  private final OutreachSettings settings;
  private final Mode mode;
  private final Instant now;

  Caps(OutreachSettings settings, Mode mode, Instant now) {
    this.settings = settings;
    this.mode = mode;
    this.now = now;
  }

  /** Messages to the customer lately, other than the one that is asked about. */
  Dataset<Row> counted(Dataset<Row> rows, Optional<Dataset<Row>> outbox) {
    if (outbox.isEmpty()) {
      return rows.withColumn(DAY, lit(0L)).withColumn(WEEK, lit(0L));
    }
    Column dayAgo = lit(Timestamp.from(now.minus(ONE_DAY)));
    Column weekAgo = lit(Timestamp.from(now.minus(ONE_WEEK)));
    Dataset<Row> lately =
        outbox
            .get()
            .where(col(SEND_MODE).equalTo(mode.name()))
            .where(col(STATE).isin(State.SENT.name(), State.IN_DOUBT.name()))
            .where(col(RECORDED_AT).gt(weekAgo))
            .groupBy(CUSTOMER_ID, REFERENCE)
            .agg(max(RECORDED_AT).as(RECORDED_AT))
            .groupBy(CUSTOMER_ID)
            .agg(count(when(col(RECORDED_AT).gt(dayAgo), lit(1))).as(DAY), count(lit(1)).as(WEEK));
    Column own = col(DueMessages.LAST + "." + RECORDED_AT);
    return rows.join(lately, new String[] {CUSTOMER_ID}, "left")
        .withColumn(
            DAY,
            coalesce(col(DAY), lit(0L))
                .minus(when(DueMessages.inDoubt().and(own.gt(dayAgo)), lit(1L)).otherwise(lit(0L))))
        .withColumn(
            WEEK,
            coalesce(col(WEEK), lit(0L))
                .minus(
                    when(DueMessages.inDoubt().and(own.gt(weekAgo)), lit(1L)).otherwise(lit(0L))));
  }

  /**
   * The reasons of {@link DueMessages#HELD}, and that of a cap where there is none yet. Caps hold
   * within a batch, too: the messages that may be sent are counted off per customer.
   */
  Dataset<Row> held(Dataset<Row> counted) {
    Column held = col(DueMessages.HELD);
    Column place =
        row_number()
            .over(
                Window.partitionBy(col(CUSTOMER_ID), held.isNull())
                    .orderBy(col(VALID_UNTIL), col(CAMPAIGN_ID)));
    return counted
        .withColumn(PLACE, place)
        .withColumn(
            DueMessages.HELD,
            coalesce(
                held,
                when(
                        col(DAY).plus(col(PLACE)).gt(settings.capPerDay()),
                        lit(Held.CAP_PER_DAY.name()))
                    .when(
                        col(WEEK).plus(col(PLACE)).gt(settings.capPerWeek()),
                        lit(Held.CAP_PER_WEEK.name()))));
  }
}
