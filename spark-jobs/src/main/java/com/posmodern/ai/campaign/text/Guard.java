package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Language;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses texts that must not be sent, whoever wrote them.
 *
 * <p>A draft may hold no number, price, percentage or link of its own, no unknown field and no
 * forbidden word, and must say how to stop the messages. A filled message must fit its channel, and
 * every number in it must be one of the values filled in.
 *
 * @param forbidden words that no draft may contain, in capitals or not, with accents or without
 */
public record Guard(List<String> forbidden) implements Serializable {
  /** Longest subject that is shown whole (RFC 5322). */
  static final int LONGEST_SUBJECT = 78;

  private static final Pattern TAG = Pattern.compile("\\{\\{[^}]*}}");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,/:]\\d+)*");
  private static final Pattern OF_ITS_OWN = Pattern.compile("[\\p{N}%$€£¥]");
  private static final Pattern LINK =
      Pattern.compile("https?:|www\\.|\\b[\\w-]+\\.(com|net|org|br|ly|me|io)\\b|[\\w.]+@\\w");
  private static final Pattern MARKUP = Pattern.compile("[<>\\p{Cntrl}\\p{Cf}&&[^\\n]]");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** Words that one language uses all the time and the other one never. */
  private static final Map<Language, Set<String>> COMMON =
      Map.of(
          Language.PT_BR,
          Set.of(
              "de", "para", "voce", "que", "com", "seu", "sua", "uma", "um", "ate", "por", "mes",
              "em", "os", "da", "nao", "mais"),
          Language.EN,
          Set.of(
              "the", "for", "you", "your", "and", "with", "of", "is", "we", "have", "until", "off",
              "in", "to", "what", "it"));

  public Guard {
    forbidden = List.copyOf(forbidden);
  }

  /** What is wrong with a draft; empty when nothing is. */
  public List<String> findings(Draft draft, Language language) {
    List<String> found = new ArrayList<>();
    for (String text : List.of(draft.subject(), draft.body())) {
      String open = TAG.matcher(text).replaceAll(" ");
      Matcher own = OF_ITS_OWN.matcher(open);
      if (own.find()) {
        found.add("the text has a number or price of its own, at " + around(open, own.start()));
      }
      if (LINK.matcher(open.toLowerCase(Locale.ROOT)).find()) {
        found.add("the text has a link or an address");
      }
      if (MARKUP.matcher(open).find()) {
        found.add("the text has tags or characters that cannot be seen");
      }
      found.addAll(fields(text));
      forbiddenIn(open).forEach(word -> found.add("the text has the forbidden word " + word));
    }
    if (!draft.body().contains("{{" + Fields.OPT_OUT + "}}")) {
      found.add("the text does not say how to stop the messages: {{opt_out}}");
    }
    Language other = language == Language.PT_BR ? Language.EN : Language.PT_BR;
    String body = TAG.matcher(draft.body()).replaceAll(" ");
    if (common(body, other) > common(body, language)) {
      found.add("the text is not in " + language.tag());
    }
    return found;
  }

  /** Words of the list that a text contains. */
  public List<String> forbiddenIn(String text) {
    String plain = " " + plain(text).replaceAll("[^\\p{L}\\p{Nd}%-]+", " ") + " ";
    return forbidden.stream().filter(word -> plain.contains(" " + plain(word) + " ")).toList();
  }

  /**
   * What is wrong with a message; empty when nothing is.
   *
   * @param values that were filled in
   */
  public List<String> findings(
      String subject, String body, Channel channel, Map<String, Object> values) {
    List<String> found = new ArrayList<>();
    if (body.isBlank()) {
      found.add("the text is empty");
    }
    if (body.length() > longest(channel)) {
      found.add(
          "the text has %d characters, %s takes %d"
              .formatted(body.length(), channel, longest(channel)));
    }
    if (channel == Channel.EMAIL && (subject.isBlank() || subject.length() > LONGEST_SUBJECT)) {
      found.add(
          "the subject has %d characters, 1 to %d are shown"
              .formatted(subject.length(), LONGEST_SUBJECT));
    }
    if ((subject + body).contains("{{") || (subject + body).contains("}}")) {
      found.add("a field is still open");
    }
    if (LINK.matcher((subject + " " + body).toLowerCase(Locale.ROOT)).find()) {
      found.add("the text has a link or an address");
    }
    if (MARKUP.matcher(subject + body).find()) {
      found.add("the text has tags or characters that cannot be seen");
    }
    Set<String> given = new HashSet<>();
    values.values().forEach(value -> given.addAll(numbers(value.toString())));
    for (String number : numbers(subject + " " + body)) {
      if (!given.contains(number)) {
        found.add("the number %s is none of those given".formatted(number));
      }
    }
    return found;
  }

  /** Most characters of a text. SMS: one message in the plain alphabet. */
  static int longest(Channel channel) {
    return switch (channel) {
      case SMS -> 160;
      case WHATSAPP -> 1024;
      case TELEGRAM -> 4096;
      case EMAIL -> 10_000;
    };
  }

  private static List<String> fields(String text) {
    List<String> found = new ArrayList<>();
    Template template;
    try {
      template = Mustache.compiler().escapeHTML(false).compile(text);
    } catch (MustacheException e) {
      return List.of("the text is not a template: " + e.getMessage());
    }
    template.visit(
        new Mustache.Visitor() {
          @Override
          public void visitText(String plain) {
            if (plain.contains("{{") || plain.contains("}}")) {
              found.add("braces are open at " + plain.strip());
            }
          }

          @Override
          public void visitVariable(String name) {
            known(name);
          }

          @Override
          public boolean visitInclude(String name) {
            found.add("the text includes another one: " + name);
            return false;
          }

          @Override
          public boolean visitSection(String name) {
            known(name);
            return true;
          }

          @Override
          public boolean visitInvertedSection(String name) {
            known(name);
            return true;
          }

          private void known(String name) {
            if (!Fields.NAMES.contains(name)) {
              found.add(
                  "the field %s is unknown; there are %s"
                      .formatted(name, String.join(", ", Fields.NAMES.stream().sorted().toList())));
            }
          }
        });
    return found;
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    return numbers;
  }

  private static long common(String text, Language language) {
    return Pattern.compile("[^\\p{L}]+")
        .splitAsStream(plain(text))
        .filter(word -> isCommon(word, language))
        .count();
  }

  /** Whether the language uses the word, without accents, all the time. */
  static boolean isCommon(String word, Language language) {
    return COMMON.get(language).contains(word);
  }

  /** Small letters without accents. */
  static String plain(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
        .replaceAll("");
  }

  private static String around(String text, int place) {
    return text.substring(Math.max(0, place - 10), Math.min(text.length(), place + 10)).strip();
  }
}
