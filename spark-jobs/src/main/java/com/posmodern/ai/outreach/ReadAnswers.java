package com.posmodern.ai.outreach;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.outreach.answer.Answered;
import com.posmodern.ai.outreach.answer.Answers;
import com.posmodern.ai.outreach.answer.BadAnswer;
import com.posmodern.ai.outreach.answer.Landed;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What was read of files that landed: each answer once, and what was refused, with its reason. A
 * line that cannot be verified now has its file wait for the next run and holds up no other line.
 */
final class ReadAnswers {
  static final String CONFIRMATION_EXPIRED = "CONFIRMATION_EXPIRED";

  private record Confirmation(String file, int line, URI address) {}

  private final Map<String, Answered> once = new LinkedHashMap<>();
  private final Map<String, Map<Integer, String>> refused = new TreeMap<>();
  private final List<Confirmation> confirmations = new ArrayList<>();
  private final Set<String> waiting = new HashSet<>();
  private PosException failure;
  private String file = "";
  private int line;
  private long lines;
  private long silent;
  private long repeated;

  /** Reads the lines of a file. */
  void add(String name, List<String> texts, Answers answers) {
    file = name;
    for (int i = 0; i < texts.size(); i++) {
      line = i + 1;
      lines++;
      try {
        answers.read(Landed.read(texts.get(i))).ifPresentOrElse(this::add, () -> silent++);
      } catch (BadAnswer e) {
        refuse(file, line, e.getMessage());
      } catch (PosException e) {
        waiting.add(file);
        failure = failure == null ? e : failure;
      }
    }
  }

  /** Notes the address of the line that is read, to be visited once the answers are kept. */
  void confirmLater(URI address) {
    confirmations.add(new Confirmation(file, line, address));
  }

  /**
   * Visits the addresses by which subscriptions begin.
   *
   * @param confirm false when the address is not taken any longer; throws when it is not known
   */
  void confirm(Predicate<URI> confirm) {
    for (Confirmation one : confirmations) {
      try {
        if (!confirm.test(one.address())) {
          silent--;
          refuse(one.file(), one.line(), CONFIRMATION_EXPIRED);
        }
      } catch (PosException e) {
        waiting.add(one.file());
        failure = failure == null ? e : failure;
      }
    }
  }

  private void refuse(String name, int number, String reason) {
    refused.computeIfAbsent(name, any -> new TreeMap<>()).put(number, reason);
  }

  /** Whether a file must be read again. */
  boolean waits(String name) {
    return waiting.contains(name);
  }

  /** Why files wait; empty when none does. */
  Optional<PosException> failure() {
    return Optional.ofNullable(failure);
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
