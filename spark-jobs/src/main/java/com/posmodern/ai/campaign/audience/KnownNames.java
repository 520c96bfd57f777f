package com.posmodern.ai.campaign.audience;

import com.posmodern.ai.config.AudienceRules;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.error.PosException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that campaigns may use: a name that nobody knows would silently select nobody.
 *
 * @param segments names of the night's segments
 * @param categories of the products
 * @param products id → category, of products that campaigns offer
 * @param sensitive categories that no campaign may be about
 */
public record KnownNames(
    Set<String> segments,
    Set<String> categories,
    Map<String, String> products,
    Set<String> sensitive) {
  private static final int SHOWN = 30;

  /**
   * Checks every name of a campaign.
   *
   * @throws PosException usage that names file, key, value and what is allowed
   */
  public void require(Campaign campaign, String folder) {
    String file = "%s/%s.yaml".formatted(folder, campaign.id());
    AudienceRules audience = campaign.audience();
    known(audience.segments(), segments, "segment", file + " audience.segments");
    known(audience.withoutSegments(), segments, "segment", file + " audience.without_segments");
    known(audience.categories(), categories, "category", file + " audience.categories");
    known(campaign.offer().products(), products.keySet(), "product", file + " offer.products");
    for (String category : audience.categories()) {
      notSensitive(category, category, file + " audience.categories");
    }
    for (String product : campaign.offer().products()) {
      notSensitive(product, products.get(product), file + " offer.products");
    }
  }

  private static void known(
      Collection<String> asked, Set<String> known, String kind, String where) {
    for (String name : asked) {
      if (!known.contains(name)) {
        throw PosException.usage(
            "%s %s is unknown".formatted(kind, name), where, "Use one of " + shown(known) + ".");
      }
    }
  }

  private void notSensitive(String name, String category, String where) {
    if (sensitive.contains(category)) {
      throw PosException.usage(
          "%s is of a category that no campaign may be about".formatted(name),
          where,
          "Remove it; recommend.rules of the settings exclude " + shown(sensitive) + ".");
    }
  }

  private static String shown(Set<String> names) {
    if (names.isEmpty()) {
      return "those that the lake knows (there are none)";
    }
    TreeSet<String> sorted = new TreeSet<>(names);
    String first = String.join(", ", sorted.stream().limit(SHOWN).toList());
    return sorted.size() > SHOWN ? first + " … (%d in all)".formatted(sorted.size()) : first;
  }
}
