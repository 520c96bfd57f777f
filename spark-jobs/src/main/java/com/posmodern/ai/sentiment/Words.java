package com.posmodern.ai.sentiment;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text, of Portuguese or English: small letters without accents. A word within the
 * reach of a negation is another word ("not_good"), as in Pang, Lee and Vaithyanathan (2002).
 */
final class Words {
  static final String NOT = "not_";

  private static final Set<String> NEGATIONS =
      Set.of(
          "nao",
          "nem",
          "nunca",
          "jamais",
          "nada",
          "nenhum",
          "nenhuma",
          "sem",
          "tampouco",
          "n",
          "not",
          "no",
          "never",
          "without",
          "nothing",
          "cannot",
          "dont",
          "doesnt",
          "didnt",
          "isnt",
          "wasnt",
          "wont",
          "cant",
          "couldnt");

  /** Between a negation and what it is about: "não é muito bom". */
  private static final int REACH = 3;

  private static final Pattern PARTS = Pattern.compile("[\\p{L}]+|[.,;:!?]");
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern LONG = Pattern.compile("(\\p{L})\\1{2,}");

  private Words() {}

  /** The words in their order. */
  static List<String> of(String text) {
    String plain =
        ACCENTS
            .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
            .replaceAll("")
            .replace("'", "")
            .replace("\u2019", "");
    // "booooom" is "bom".
    Matcher parts = PARTS.matcher(LONG.matcher(plain).replaceAll("$1"));
    List<String> words = new ArrayList<>();
    int reach = 0;
    while (parts.find()) {
      String part = parts.group();
      if (!Character.isLetter(part.charAt(0))) {
        reach = 0;
      } else if (NEGATIONS.contains(part)) {
        words.add(part);
        reach = REACH;
      } else {
        words.add(reach > 0 ? NOT + part : part);
        reach--;
      }
    }
    return words;
  }

  /** The words, and each two that stand beside each other ("muito_bom"). */
  static List<String> ofOneOrTwo(String text) {
    List<String> words = of(text);
    List<String> all = new ArrayList<>(words);
    for (int i = 1; i < words.size(); i++) {
      all.add(words.get(i - 1) + " " + words.get(i));
    }
    return all;
  }
}
