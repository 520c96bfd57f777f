package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses what {@link Guard} lets a person write and a model may not: names and products that
 * nobody gave it, numbers, days and promises in words, a field less than marketing's own text has,
 * and a text that is too long once it is filled in.
 *
 * @param products words that products are called by
 */
public record ModelGuard(Guard guard, Set<String> products) {
  private static final Pattern TAG = Pattern.compile("\\{\\{[^}]*}}");
  private static final Pattern SECTION = Pattern.compile("\\{\\{[#/^][a-z_]+}}");
  private static final Pattern SENTENCE = Pattern.compile("\\{\\{(greeting|closing|opt_out)}}\\s*");
  private static final Pattern FIELD = Pattern.compile("\\{\\{([a-z_]+)}}");
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}'-]*");

  /** The name of a host, in whatever domain: a dot between letters. */
  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{Nd}-][.．。｡]\\p{L}{2,}");

  /** A capital letter that begins no sentence. */
  private static final Pattern NAME =
      Pattern.compile("(?<![.!?:\\n])(?<!^)[ \"'(]+(\\p{Lu}\\p{L}+)");

  private static final double LEAST_COMMON = 0.1;

  /** Of fewer words a language cannot be told. */
  private static final int FEW_WORDS = 7;

  /** A product as long as most, to see how long a text gets. */
  private static final List<Fields.Product> SAMPLE =
      List.of(new Fields.Product("x".repeat(24), new BigDecimal("19.90")));

  /** Fields that say nothing of the offer. */
  private static final Set<String> MANNERS = Set.of("greeting", "closing");

  /** Numbers, days and promises. */
  private static final Map<Language, Set<String>> CLAIMS =
      Map.of(
          Language.PT_BR, WordList.of("claims_pt_BR.txt"),
          Language.EN, WordList.of("claims_en.txt"));

  /** Claims of one language that are everyday words of the other one. */
  private static final Set<String> HARMLESS_ABROAD = Set.of("real");

  /** Words of a language that is near to Portuguese. */
  private static final Set<String> SPANISH = WordList.of("spanish.txt");

  public ModelGuard {
    products = Set.copyOf(products);
  }

  /**
   * What is wrong with a model's draft for a brief; empty when nothing is.
   *
   * @param example the text of marketing that the draft stands in for
   */
  public List<String> findings(Draft draft, String example, Brief brief, CampaignTexts texts) {
    Campaign campaign = brief.campaign();
    List<String> found = new ArrayList<>(guard.findings(draft, campaign.language()));
    Set<String> given = fields(draft.body());
    for (String field : fields(example)) {
      if (!given.contains(field) && !MANNERS.contains(field)) {
        found.add("the field %s is missing".formatted(field));
      }
    }
    if (products.isEmpty()) {
      found.add("no product is known, so that none can be recognised");
    }
    String text = spoken(draft.subject() + "\n" + draft.body());
    if (HOST.matcher(text).find()) {
      found.add("the text has a link or an address");
    }
    List<String> words = words(text);
    Set<String> allowed = new HashSet<>(words(campaign.title() + " " + brief.segment()));
    campaign.audience().categories().forEach(category -> allowed.addAll(words(category)));
    texts.texts().forEach(own -> allowed.addAll(words(TAG.matcher(own.body()).replaceAll(" "))));
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (!allowed.contains(Guard.plain(names.group(1)))) {
        found.add("the text names %s, which nobody gave".formatted(names.group(1)));
      }
    }
    for (String word : words) {
      if (products.contains(word) && !allowed.contains(word)) {
        found.add("the text names the product %s, which nobody gave".formatted(word));
      }
      if (isClaim(word, campaign.language())) {
        found.add("the text says %s: a number, day or promise of its own".formatted(word));
      }
    }
    if (!isIn(campaign.language(), words(TAG.matcher(draft.body()).replaceAll(" ")))) {
      found.add("the text is not in " + campaign.language().tag());
    }
    if (found.isEmpty()) {
      Filling.Message filled =
          new Filling(draft, guard, brief.channel()).with(Fields.of(campaign, texts, SAMPLE));
      if (filled.refusal() != null) {
        found.add(filled.refusal());
      }
    }
    return found.stream().distinct().toList();
  }

  /** In whatever language: a promise in a foreign one is a promise. */
  private static boolean isClaim(String word, Language language) {
    return CLAIMS.get(language).contains(word)
        || (!HARMLESS_ABROAD.contains(word)
            && CLAIMS.values().stream().anyMatch(claims -> claims.contains(word)));
  }

  private static boolean isIn(Language language, Collection<String> words) {
    long common = words.stream().filter(word -> Guard.isCommon(word, language)).count();
    return (words.size() < FEW_WORDS || common >= LEAST_COMMON * words.size())
        && words.stream().filter(SPANISH::contains).count() < 2;
  }

  /** The text as it reads: a field is part of a sentence; greeting and closing are sentences. */
  private static String spoken(String text) {
    String without = SECTION.matcher(text).replaceAll("");
    return TAG.matcher(SENTENCE.matcher(without).replaceAll(". ")).replaceAll("x");
  }

  private static Set<String> fields(String text) {
    Set<String> fields = new HashSet<>();
    Matcher matcher = FIELD.matcher(text);
    while (matcher.find()) {
      fields.add(matcher.group(1));
    }
    return fields;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(Guard.plain(text));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
