package com.posmodern.ai.outreach;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.outreach.answer.Answers;
import com.posmodern.ai.outreach.answer.Answers.Source;
import com.posmodern.ai.outreach.answer.SnsNotices;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Who may answer, and how each is verified. */
final class AnswerSources {
  private AnswerSources() {}

  /**
   * As the settings name providers.
   *
   * @param environment value of a variable; null when it is not set
   * @param trust in what AWS signs
   * @param confirm takes the address by which a subscription begins
   * @throws PosException usage when a secret is missing
   */
  static Answers of(
      OutreachSettings settings,
      UnaryOperator<String> environment,
      SnsTrust trust,
      Consumer<URI> confirm) {
    Map<Source, String> secrets = new EnumMap<>(Source.class);
    for (Source source : signingWithASecret(settings)) {
      String secret = environment.apply(source.secret());
      if (secret == null || secret.isBlank()) {
        throw PosException.usage(
            "is not set, and answers of %s are verified with it".formatted(source),
            "environment variable " + source.secret(),
            "Set it. The answers stay where they landed.");
      }
      secrets.put(source, secret.strip());
    }
    Optional<Links> links = Links.of(settings, environment);
    return new Answers(
        settings.twilio().callback(),
        secrets,
        token -> links.flatMap(some -> some.reference(token)),
        notices(settings, trust, confirm));
  }

  private static Optional<SnsNotices> notices(
      OutreachSettings settings, SnsTrust trust, Consumer<URI> confirm) {
    String topic = settings.ses().topic();
    return topic.isEmpty()
        ? Optional.empty()
        : Optional.of(new SnsNotices(topic, trust::key, confirm));
  }

  /** Whoever carries messages. */
  private static Set<Source> signingWithASecret(OutreachSettings settings) {
    Set<Source> expected = EnumSet.noneOf(Source.class);
    for (Channel channel : Channel.values()) {
      switch (settings.route(channel).provider()) {
        case TWILIO -> expected.add(Source.TWILIO);
        case TELEGRAM -> expected.add(Source.TELEGRAM);
        case WEBHOOK -> expected.add(Source.WEBHOOK);
        case NONE, SES, SNS -> {}
      }
    }
    if (settings.links().wanted()) {
      expected.add(Source.CLICK);
    }
    return expected;
  }
}
