package com.posmodern.ai.source.trends;

import com.posmodern.ai.source.events.RefusedEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Collects values: the sum of what is told of a term and a day. */
final class Signals {
  private final LocalDate first;
  private final LocalDate last;
  private final Map<Key, Double> sums = new TreeMap<>();
  private final List<RefusedEvent> refused = new ArrayList<>();
  private int told;
  private int otherwise;

  private record Key(String term, LocalDate day) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTerm = term.compareTo(other.term);
      return byTerm == 0 ? day.compareTo(other.day) : byTerm;
    }
  }

  Signals(LocalDate first, LocalDate last) {
    this.first = first;
    this.last = last;
  }

  /**
   * Takes a line or an entry.
   *
   * @param terms that it is about; none: it is left alone
   */
  void add(List<String> terms, LocalDate day, double value) {
    told++;
    if (terms.isEmpty() || day.isBefore(first) || day.isAfter(last)) {
      otherwise++;
      return;
    }
    terms.forEach(term -> sums.merge(new Key(term, day), value, Double::sum));
  }

  /**
   * Takes one that cannot be read.
   *
   * @param text what it says, in JSON
   */
  void refuse(String key, String reason, String text) {
    told++;
    refused.add(new RefusedEvent(key, reason, text));
  }

  TrendAnswer answer() {
    return new TrendAnswer(
        sums.entrySet().stream()
            .map(sum -> new TrendSignal(sum.getKey().term(), sum.getKey().day(), sum.getValue()))
            .toList(),
        told,
        otherwise,
        refused);
  }

  /** A number that is not negative: 0.5, 0,5, 1.200, 20K+, 1M+. Empty for anything else. */
  static OptionalDouble number(String text) {
    String digits = text.strip().toUpperCase(Locale.ROOT).replaceAll("\\+$", "");
    double scale = digits.endsWith("K") ? 1e3 : digits.endsWith("M") ? 1e6 : 1;
    digits = digits.replaceAll("[KM]$", "").strip();
    if (digits.matches("[0-9]{1,3}([.,][0-9]{3})+")) {
      digits = digits.replaceAll("[.,]", "");
    }
    return digits.matches("[0-9]{1,15}([.,][0-9]{1,15})?")
        ? OptionalDouble.of(scale * Double.parseDouble(digits.replace(',', '.')))
        : OptionalDouble.empty();
  }
}
