package com.posmodern.ai.outreach;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.Envelope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Attempts and messages of one campaign. */
final class TestMessages {
  static final String ADDRESS = "+5511999990000";
  static final String TEXT = "Olá, 10 %!";

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 10);

  private TestMessages() {}

  /** An attempt that is about to be made. */
  static Attempt attempt(
      LocalDate night, String customer, String reference, Channel channel, int number, Instant at) {
    return new Attempt(
        night,
        "event",
        customer,
        1,
        Mode.LIVE,
        number,
        reference,
        "A",
        channel,
        "",
        State.INTENDED,
        "",
        "",
        "CONSENT",
        at);
  }

  /** A message to one customer. */
  static DueMessage of(Channel channel, int number, Optional<Instant> doubtful) {
    return new DueMessage(
        attempt(NIGHT, "pseudonym", "ref", channel, number, Instant.now()),
        new Envelope("ref", channel, ADDRESS, "Oferta", TEXT, doubtful),
        Instant.MAX);
  }

  /** One of many messages, the last attempt at which is known. */
  static DueMessage of(int i, Optional<Attempt> last, Channel channel) {
    return new DueMessage(
        attempt(
            NIGHT,
            "pseudonym" + i,
            "ref" + i,
            channel,
            last.map(Attempt::number).orElse(0) + 1,
            Instant.now()),
        new Envelope(
            "ref" + i,
            channel,
            "+551199999%04d".formatted(i),
            "",
            "message %d!".formatted(i),
            last.filter(one -> one.state() == State.IN_DOUBT).map(Attempt::at)),
        Instant.MAX);
  }
}
