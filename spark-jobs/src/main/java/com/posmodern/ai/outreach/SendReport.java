package com.posmodern.ai.outreach;

import java.util.Map;
import java.util.TreeMap;

/** Messages of a run by campaign, channel and outcome. */
final class SendReport {
  /** What is counted. */
  record Line(String campaignId, String channel, String outcome) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      return text().compareTo(other.text());
    }

    private String text() {
      return String.join("\u0000", campaignId, channel, outcome);
    }
  }

  private final Map<Line, Long> counts = new TreeMap<>();

  void add(String campaignId, String channel, String outcome, long messages) {
    counts.merge(new Line(campaignId, channel, outcome), messages, Long::sum);
  }

  Map<Line, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** Messages by outcome. */
  Map<String, Long> byOutcome() {
    Map<String, Long> outcomes = new TreeMap<>();
    counts.forEach((line, messages) -> outcomes.merge(line.outcome(), messages, Long::sum));
    return outcomes;
  }
}
