package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.wording.Sentences;
import java.time.LocalDate;

/**
 * The sentence that staff read out with an offer: since when and how often the customer bought it
 * and when it is due again, or what led to something new.
 */
final class OfferSentences {
  private final Sentences sentences;
  private final LocalDate asOf;

  OfferSentences(Sentences sentences, LocalDate asOf) {
    this.sentences = sentences;
    this.asOf = asOf;
  }

  /**
   * Something bought before.
   *
   * @param days on which it was bought
   */
  String again(long days, LocalDate first, LocalDate last, LocalDate due) {
    if (days == 1) {
      return sentences.say("offer.again.once", last);
    }
    return sentences.say(
        due.isAfter(asOf) ? "offer.again.due" : "offer.again.overdue", days, first, last, due);
  }

  /**
   * Something new to the customer.
   *
   * @param reason as in {@link ListReasons}
   * @param led name of the product that led to it; null when none did
   */
  String discovery(String reason, String led) {
    return switch (reason) {
      case ListReasons.GOES_WITH_PURCHASES -> sentences.say("offer.new.led", led);
      case ListReasons.NEW_FOR_YOU -> sentences.say("offer.new.launched");
      case ListReasons.SIMILAR_TASTE -> sentences.say("offer.new.taste");
      default -> sentences.say("offer.new.popular");
    };
  }

  /** Something offered to a customer of whom nothing is known. */
  static String popular(Sentences sentences) {
    return sentences.say("offer.popular");
  }
}
