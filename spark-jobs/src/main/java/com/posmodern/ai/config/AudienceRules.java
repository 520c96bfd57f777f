package com.posmodern.ai.config;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a campaign is for; every rule must hold, and an empty list rules nobody out.
 *
 * @param segments names of segments
 * @param withoutSegments names of segments that are left out
 * @param categories that the campaign is about
 * @param stores ids of the stores where a customer buys most
 * @param recencyDays days since the last purchase
 * @param baskets number of baskets in the window of customer_features
 * @param propensities least probabilities
 * @param occasion what the campaign waits for, near the store where a customer buys most
 */
public record AudienceRules(
    List<String> segments,
    List<String> withoutSegments,
    List<String> categories,
    List<String> stores,
    Range recencyDays,
    Range baskets,
    Propensities propensities,
    Occasion occasion)
    implements Serializable {
  public AudienceRules {
    segments = List.copyOf(segments);
    withoutSegments = List.copyOf(withoutSegments);
    categories = List.copyOf(categories);
    stores = List.copyOf(stores);
    Set<String> both = new HashSet<>(segments);
    both.retainAll(withoutSegments);
    SettingChecks.that(
        both.isEmpty(), "without_segments", "not name a segment of segments, names " + both);
  }

  /** The same rules, for customers of these stores only. */
  public AudienceRules at(List<String> these) {
    return new AudienceRules(
        segments, withoutSegments, categories, these, recencyDays, baskets, propensities, occasion);
  }

  /**
   * From and to, both included.
   *
   * @param atLeast smallest value
   * @param atMost largest value
   */
  public record Range(int atLeast, int atMost) implements Serializable {
    public Range {
      SettingChecks.notNegative("at_least", atLeast);
      SettingChecks.that(
          atMost >= atLeast, "at_most", "be at least at_least (%d)".formatted(atLeast));
    }
  }

  /**
   * Least probabilities, of {@code results.customer_propensity}; 0 asks for none.
   *
   * @param lapse that the customer does not come back
   * @param respond that the customer answers an offer
   * @param buyCategory that the customer buys in one of the campaign's categories
   */
  public record Propensities(double lapse, double respond, double buyCategory)
      implements Serializable {
    public Propensities {
      SettingChecks.share("lapse", lapse);
      SettingChecks.share("respond", respond);
      SettingChecks.share("buy_category", buyCategory);
    }

    public boolean asked() {
      return lapse > 0 || respond > 0 || buyCategory > 0;
    }
  }
}
