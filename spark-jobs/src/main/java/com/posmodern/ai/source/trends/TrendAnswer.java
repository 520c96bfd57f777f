package com.posmodern.ai.source.trends;

import com.posmodern.ai.source.events.RefusedEvent;
import java.util.List;

/**
 * What a source told. Every line or entry is one of: used, of another term or time, refused.
 *
 * @param signals one for each term and day
 * @param told lines or entries
 * @param otherwise of them, those of other terms, or of days that are not asked for
 * @param refused those that cannot be read
 */
public record TrendAnswer(
    List<TrendSignal> signals, int told, int otherwise, List<RefusedEvent> refused) {
  public TrendAnswer {
    signals = List.copyOf(signals);
    refused = List.copyOf(refused);
  }

  @Override
  public String toString() {
    return "%d told: %d used, %d of other terms or times, %d refused"
        .formatted(told, told - otherwise - refused.size(), otherwise, refused.size());
  }
}
