package com.posmodern.ai.outreach;

import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.Answer;
import com.posmodern.ai.outreach.channel.Envelope;
import com.posmodern.ai.outreach.channel.MessageChannel;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The requests for one message: within the channel's rate, repeated with exponential backoff and
 * jitter where the message has surely not been sent or the channel takes a reference once, and a
 * doubt asked about before anything is sent again. Each request asks first whether the message may
 * still leave: it may have waited for its turn, or for a repetition.
 */
final class Requests {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** The answer that nobody was asked for. */
  private static final Answer HELD_BACK =
      MessageChannel.notTaken("held back: sending was stopped, or what permits it changed");

  /**
   * What a request came to.
   *
   * @param isLast nothing more may leave
   */
  private record Tried(Answer answer, boolean isLast) {}

  private final MessageChannel channel;
  private final RateLimiter limiter;
  private final Retry retry;
  private final Duration settles;
  private final int runs;
  private final InstantSource clock;

  /**
   * @param perSecond most requests a second
   * @param attempts most requests for a message
   * @param runs attempts after which a message that nobody took is given up
   * @param settles how long after a request the provider surely knows of it
   */
  Requests(
      MessageChannel channel,
      int perSecond,
      int attempts,
      int runs,
      Duration settles,
      Duration firstPause,
      InstantSource clock) {
    this.channel = channel;
    this.settles = settles;
    this.runs = runs;
    this.clock = clock;
    this.limiter =
        RateLimiter.of(
            channel.provider(),
            RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(SECOND.dividedBy(perSecond))
                .timeoutDuration(PATIENCE)
                .build());
    IntervalFunction backoff =
        IntervalFunction.ofExponentialRandomBackoff(firstPause, 2.0, 0.5, LONGEST_PAUSE);
    this.retry =
        Retry.of(
            channel.provider(),
            RetryConfig.<Tried>custom()
                .maxAttempts(attempts)
                .retryOnResult(tried -> !tried.isLast() && mayBeRepeated(tried.answer()))
                .intervalBiFunction(
                    (number, outcome) ->
                        Math.max(backoff.apply(number), asked(outcome.get().answer())))
                .build());
  }

  static Duration firstPause() {
    return FIRST_PAUSE;
  }

  private boolean mayBeRepeated(Answer answer) {
    return answer instanceof Answer.NotTaken
        || (answer instanceof Answer.Unknown && channel.doubt() == Doubt.SAME_AGAIN);
  }

  private static long asked(Answer answer) {
    return answer instanceof Answer.NotTaken notTaken ? notTaken.pause().toMillis() : 0;
  }

  String provider() {
    return channel.provider();
  }

  /** Whether neither quiet hours nor another day have begun for the customer. */
  boolean isInTime(DueMessage message) {
    return clock.instant().isBefore(message.until());
  }

  /** Sends the message, unless the gate shuts before, and says what became of the attempt. */
  Attempt send(DueMessage message, SendGate gate) {
    Attempt attempt = message.attempt();
    Envelope envelope = message.envelope();
    if (envelope.doubtfulSince().isPresent()) {
      Optional<Attempt> settled = settled(attempt, envelope);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    // A doubt that is not asked about stays one if the message may not be sent again.
    AtomicReference<Answer> last =
        new AtomicReference<>(
            envelope.doubtfulSince().isPresent() && channel.doubt() == Doubt.SAME_AGAIN
                ? new Answer.Unknown("held back while in doubt")
                : HELD_BACK);
    Supplier<Tried> request =
        () -> {
          if (!isInTime(message) || gate.isShut()) {
            return new Tried(last.get(), true);
          }
          last.set(channel.send(envelope));
          return new Tried(last.get(), false);
        };
    Tried tried =
        Retry.decorateSupplier(retry, RateLimiter.decorateSupplier(limiter, request)).get();
    return outcome(attempt, tried.answer());
  }

  /** What is known of a message in doubt; empty when it may be sent. */
  private Optional<Attempt> settled(Attempt attempt, Envelope envelope) {
    Instant since = envelope.doubtfulSince().orElseThrow();
    if (channel.doubt() == Doubt.SAME_AGAIN) {
      return Optional.empty();
    }
    if (channel.doubt() == Doubt.STAYS) {
      return Optional.of(doubtful(attempt, since, "the provider cannot be asked"));
    }
    if (clock.instant().isBefore(since.plus(settles))) {
      return Optional.of(doubtful(attempt, since, "too early to ask the provider"));
    }
    Answer known = limiter.executeSupplier(() -> channel.ask(envelope));
    if (known instanceof Answer.NotTaken) {
      return Optional.empty();
    }
    return Optional.of(
        known instanceof Answer.Accepted
            ? outcome(attempt, known)
            : doubtful(attempt, since, "the provider did not say whether it knows the message"));
  }

  /** In doubt since the request, not since it was asked about. */
  private Attempt doubtful(Attempt attempt, Instant since, String why) {
    return attempt.became(State.IN_DOUBT, channel.provider(), Optional.empty(), why, since);
  }

  private Attempt outcome(Attempt attempt, Answer answer) {
    Instant now = clock.instant();
    String provider = channel.provider();
    if (answer instanceof Answer.Accepted accepted) {
      return attempt.became(State.SENT, provider, Optional.of(accepted.providerId()), "", now);
    }
    if (answer instanceof Answer.Refused refused) {
      return attempt.became(State.FAILED, provider, Optional.empty(), refused.reason(), now);
    }
    if (answer instanceof Answer.NotTaken notTaken) {
      boolean givenUp = attempt.number() >= runs && notTaken != HELD_BACK;
      return attempt.became(
          givenUp ? State.FAILED : State.DEFERRED,
          provider,
          Optional.empty(),
          (givenUp ? "given up: " : "") + notTaken.reason(),
          now);
    }
    String why = ((Answer.Unknown) answer).reason();
    return attempt.became(State.IN_DOUBT, provider, Optional.empty(), why, attempt.at());
  }
}
