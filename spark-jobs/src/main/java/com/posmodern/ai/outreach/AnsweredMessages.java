package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CONTACT;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static com.posmodern.ai.contract.Columns.REFERENCE;
import static com.posmodern.ai.contract.Columns.REPLY_TEXT;
import static com.posmodern.ai.contract.Columns.SEND_MODE;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.SUPPRESSION_REASON;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;

import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.answer.Answered;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which message an answer is about: by its reference, or by who has the contact it came from. */
final class AnsweredMessages {
  private static final String SAID_CHANNEL = "said_channel";
  private static final String PSEUDONYM = "pseudonym";
  private static final String SENT = "sent";
  private static final String HELD = "held";
  private static final String PLACE = "place";

  private static final StructType ANSWERED =
      new StructType()
          .add(EVENT_ID, DataTypes.StringType)
          .add(KIND, DataTypes.StringType)
          .add(OCCURRED_AT, DataTypes.TimestampType)
          .add(REFERENCE, DataTypes.StringType)
          .add(CONTACT, DataTypes.StringType)
          .add(CHANNEL, DataTypes.StringType)
          .add(REPLY_TEXT, DataTypes.StringType)
          .add(SUPPRESSION_REASON, DataTypes.StringType);

  private AnsweredMessages() {}

  /** Answers as rows. */
  static Dataset<Row> rows(SparkSession spark, Collection<Answered> answers) {
    List<Row> rows =
        answers.stream()
            .map(
                a ->
                    RowFactory.create(
                        a.eventId(),
                        a.kind(),
                        Timestamp.from(a.at()),
                        a.reference().orElse(null),
                        a.contact().orElse(null),
                        a.channel().map(Enum::name).orElse(null),
                        a.text().orElse(null),
                        a.stop().map(Enum::name).orElse(null)))
            .toList();
    return spark.createDataFrame(rows, ANSWERED).coalesce(1);
  }

  /**
   * The rows with campaign and {@link Contacts#ID} of the customer, both null where no message of
   * ours is meant. What came from a contact answers the last message to the customer who has it; a
   * contact of several customers counts for the one who was sent a message last.
   *
   * @param people {@link Contacts#of}; empty when the lake has no customers
   * @param outbox {@code ops.outbox}
   */
  static Dataset<Row> placed(
      Dataset<Row> answered, Optional<Dataset<Row>> people, Optional<Dataset<Row>> outbox) {
    Dataset<Row> renamed = answered.withColumnRenamed(CHANNEL, SAID_CHANNEL);
    if (people.isEmpty() || outbox.isEmpty()) {
      return renamed
          .withColumn(CAMPAIGN_ID, lit(null).cast("string"))
          .withColumn(Contacts.ID, lit(null).cast("string"))
          .withColumn(CHANNEL, col(SAID_CHANNEL));
    }
    Dataset<Row> found = found(answered, people.get(), sent(outbox.get()));
    Dataset<Row> ids = people.get().select(col(CUSTOMER_ID).as(PSEUDONYM), col(Contacts.ID));
    return renamed
        .join(broadcast(found), new String[] {EVENT_ID}, "left")
        .join(ids, new String[] {PSEUDONYM}, "left")
        .withColumn(CHANNEL, coalesce(col(SAID_CHANNEL), col("sent_channel")));
  }

  /** The messages that left, or may have. */
  private static Dataset<Row> sent(Dataset<Row> outbox) {
    return outbox
        .where(col(SEND_MODE).equalTo(Mode.LIVE.name()))
        .where(col(STATE).isin(State.SENT.name(), State.IN_DOUBT.name()))
        .groupBy(col(REFERENCE).as("sent_reference"))
        .agg(
            max_by(
                    struct(col(CAMPAIGN_ID), col(CUSTOMER_ID), col(CHANNEL), col(RECORDED_AT)),
                    col(RECORDED_AT))
                .as(SENT));
  }

  private static Dataset<Row> found(
      Dataset<Row> answered, Dataset<Row> people, Dataset<Row> messages) {
    Column contacts =
        array(
            Contacts.kinds().stream()
                .map(kind -> col(kind + "." + Contacts.ADDRESS))
                .toArray(Column[]::new));
    Dataset<Row> holders =
        people.select(col(CUSTOMER_ID), explode(contacts).as(HELD)).where(col(HELD).isNotNull());
    Dataset<Row> byReference =
        answered
            .where(col(REFERENCE).isNotNull())
            .join(messages, col(REFERENCE).equalTo(col("sent_reference")))
            .select(col(EVENT_ID), col(SENT));
    Dataset<Row> byContact =
        answered
            .where(col(REFERENCE).isNull().and(col(CONTACT).isNotNull()))
            .join(holders, trim(col(CONTACT)).equalTo(col(HELD)))
            .join(messages, col(SENT + "." + CUSTOMER_ID).equalTo(col(CUSTOMER_ID)))
            .where(col(SENT + "." + RECORDED_AT).leq(col(OCCURRED_AT)))
            .select(col(EVENT_ID), col(SENT));
    return byReference
        .unionByName(byContact)
        .withColumn(
            PLACE,
            row_number()
                .over(
                    Window.partitionBy(EVENT_ID)
                        .orderBy(
                            col(SENT + "." + RECORDED_AT).desc(), col(SENT + "." + CAMPAIGN_ID))))
        .where(col(PLACE).equalTo(1))
        .select(
            col(EVENT_ID),
            col(SENT + "." + CAMPAIGN_ID).as(CAMPAIGN_ID),
            col(SENT + "." + CUSTOMER_ID).as(PSEUDONYM),
            col(SENT + "." + CHANNEL).as("sent_channel"));
  }
}
