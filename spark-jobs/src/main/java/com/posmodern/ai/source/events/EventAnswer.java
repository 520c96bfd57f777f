package com.posmodern.ai.source.events;

import java.util.List;

/**
 * What a source told: events, some perhaps twice, and what could not be read of it.
 *
 * @param events also those before or after the time that was asked for, where it names them all
 */
public record EventAnswer(List<LocalEvent> events, List<RefusedEvent> refused) {
  public EventAnswer {
    events = List.copyOf(events);
    refused = List.copyOf(refused);
  }
}
