package com.posmodern.ai.outreach;

import com.posmodern.ai.outreach.answer.Answered;
import com.posmodern.ai.outreach.answer.Answers;
import com.posmodern.ai.outreach.answer.BadAnswer;
import com.posmodern.ai.outreach.answer.Landed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was read of files that landed: each answer once, and what was refused, with its reason. */
final class ReadAnswers {
  private final Map<String, Answered> once = new LinkedHashMap<>();
  private final Map<String, Map<Integer, String>> refused = new TreeMap<>();
  private long lines;
  private long silent;
  private long repeated;

  /** Reads the lines of a file. */
  void add(String file, List<String> texts, Answers answers) {
    for (int i = 0; i < texts.size(); i++) {
      lines++;
      try {
        answers.read(Landed.read(texts.get(i))).ifPresentOrElse(this::add, () -> silent++);
      } catch (BadAnswer e) {
        refused.computeIfAbsent(file, any -> new TreeMap<>()).put(i + 1, e.getMessage());
      }
    }
  }

  private void add(Answered answer) {
    if (once.putIfAbsent(answer.eventId(), answer) != null) {
      repeated++;
    }
  }

  Collection<Answered> answers() {
    return once.values();
  }

  /** Reasons by line, by file. */
  Map<String, Map<Integer, String>> refused() {
    return refused;
  }

  long lines() {
    return lines;
  }

  /** Lines that say nothing new. */
  long silent() {
    return silent;
  }

  long repeated() {
    return repeated;
  }

  /** How often each reason holds; empty when nothing was refused. */
  String reasons() {
    Map<String, Long> reasons = new TreeMap<>();
    refused.values().forEach(of -> of.values().forEach(why -> reasons.merge(why, 1L, Long::sum)));
    return reasons.isEmpty() ? "" : " " + reasons;
  }
}
