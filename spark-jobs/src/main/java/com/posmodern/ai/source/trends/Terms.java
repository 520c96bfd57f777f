package com.posmodern.ai.source.trends;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The terms of the settings, whatever their accents and capitals. */
final class Terms {
  private final Map<String, String> byForm = new TreeMap<>();

  Terms(Set<String> terms) {
    terms.forEach(term -> byForm.put(form(term), term));
  }

  /** The term that a text is. */
  Optional<String> named(String text) {
    return Optional.ofNullable(byForm.get(form(text)));
  }

  /** The terms that a text has among its words. */
  List<String> within(String text) {
    String words = " " + form(text) + " ";
    return byForm.entrySet().stream()
        .filter(term -> words.contains(" " + term.getKey() + " "))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Words with one space between them. */
  private static String form(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
