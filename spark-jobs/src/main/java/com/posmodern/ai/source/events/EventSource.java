package com.posmodern.ai.source.events;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.error.PosException;
import java.util.List;
import java.util.function.UnaryOperator;

/** A source of events near the stores. */
public interface EventSource {

  /**
   * Asks for the events of a time: all of them, or it fails.
   *
   * @throws PosException infrastructure when there is no answer, usage when the key is refused or
   *     not set, bad data when the answer is not what it used to be
   */
  EventAnswer ask(EventTime time);

  /**
   * The source that the settings describe.
   *
   * @param stores where they are
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when its key is not set
   */
  static EventSource of(
      EventSourceSettings source,
      CallSettings calls,
      List<GeoPoint> stores,
      UnaryOperator<String> environment,
      TextFiles files) {
    if (source instanceof EventSourceSettings.Ticketmaster ticketmaster) {
      return Ticketmaster.of(ticketmaster, calls, stores, environment);
    }
    if (source instanceof EventSourceSettings.Eventbrite eventbrite) {
      return Eventbrite.of(eventbrite, calls, environment);
    }
    if (source instanceof EventSourceSettings.Calendar calendar) {
      return new CalendarFile(calendar, files);
    }
    return new EventTable((EventSourceSettings.Csv) source, files);
  }
}
