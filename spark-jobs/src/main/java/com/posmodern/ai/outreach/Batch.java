package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.ATTEMPT;
import static com.posmodern.ai.contract.Columns.BODY;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.REFERENCE;
import static com.posmodern.ai.contract.Columns.SUBJECT;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.Envelope;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Turns rows of {@link DueMessages} into messages with an address. */
final class Batch {
  /** LGPD, article 7, I: the consent that was read just before. */
  private static final String CONSENT = "CONSENT";

  /** A text message of more is two. */
  private static final int SMS_LENGTH = 160;

  private final Mode mode;
  private final Optional<String> sandbox;
  private final Optional<Links> links;

  /**
   * @param sandbox address that all messages go to instead
   */
  Batch(Mode mode, Optional<String> sandbox, Optional<Links> links) {
    this.mode = mode;
    this.sandbox = sandbox;
    this.links = links;
  }

  DueMessage message(Row row, Instant now) {
    Channel channel = Channel.valueOf(row.getAs(CHANNEL));
    String reference = row.getAs(REFERENCE);
    Timestamp doubtful = row.getAs(DueMessages.DOUBTFUL_SINCE);
    Attempt attempt =
        new Attempt(
            row.<java.sql.Date>getAs(AS_OF_DATE).toLocalDate(),
            row.getAs(CAMPAIGN_ID),
            row.getAs(CUSTOMER_ID),
            DueMessages.FIRST_STEP,
            mode,
            row.<Integer>getAs(ATTEMPT),
            reference,
            row.getAs(ARM),
            channel,
            "",
            State.INTENDED,
            "",
            "",
            CONSENT,
            now);
    return new DueMessage(
        attempt,
        new Envelope(
            reference,
            channel,
            sandbox.orElseGet(() -> row.getAs(DueMessages.ADDRESS)),
            row.getAs(SUBJECT),
            text(row.getAs(BODY), reference, channel),
            Optional.ofNullable(doubtful).map(Timestamp::toInstant)),
        row.<Timestamp>getAs(DueMessages.UNTIL).toInstant());
  }

  private String text(String body, String reference, Channel channel) {
    String linked = links.map(some -> body + "\n" + some.of(reference)).orElse(body);
    return channel == Channel.SMS && linked.length() > SMS_LENGTH ? body : linked;
  }
}
