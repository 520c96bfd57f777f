package com.posmodern.ai.job.intake;

import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.LocalEventSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.events.EventChanges;
import com.posmodern.ai.source.events.EventChanges.Belief;
import com.posmodern.ai.source.events.EventRow;
import com.posmodern.ai.source.events.EventSource;
import com.posmodern.ai.source.events.EventTime;
import com.posmodern.ai.source.events.NearbyStores;
import com.posmodern.ai.source.events.RefusedEvent;
import com.posmodern.ai.source.events.StorePlace;
import com.posmodern.ai.source.events.ToldEvents;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The local-events command: asks the sources of the settings for events near the stores, and writes
 * what changed into {@code source.local_events}. A source that fails keeps its events, and the
 * others go on.
 */
public final class LocalEventsCommand {
  private static final String QUARANTINED = "local-events/";

  private final Lake lake;
  private final LocalEventSettings settings;
  private final BiFunction<EventSourceSettings, List<StorePlace>, EventSource> sources;
  private final Belief belief;
  private final Clock clock;
  private final Consumer<String> step;

  /**
   * @param sources makes the source that settings describe, of the stores
   * @param step receives what each source told
   */
  public LocalEventsCommand(
      Lake lake,
      LocalEventSettings settings,
      BiFunction<EventSourceSettings, List<StorePlace>, EventSource> sources,
      Belief belief,
      Clock clock,
      Consumer<String> step) {
    this.lake = lake;
    this.settings = settings;
    this.sources = sources;
    this.belief = belief;
    this.clock = clock;
    this.step = step;
  }

  /**
   * Asks and writes.
   *
   * @return what was written, in words
   * @throws PosException infrastructure, usage or bad data when a source failed, after the others
   *     were written
   */
  public String run() {
    if (settings.sources().isEmpty()) {
      return "local_events.sources of the settings is empty: nobody was asked";
    }
    ZonedDateTime now = clock.instant().atZone(settings.zone());
    LocalDate today = now.toLocalDate();
    LocalDate seen = Morning.lastWholeDay(now);
    EventTime time =
        new EventTime(
            today.minusDays(settings.daysBack()),
            today,
            today.plusDays(settings.daysAhead()),
            settings.zone());
    LocalEventRows table = new LocalEventRows(lake);
    List<String> names = settings.sources().stream().map(EventSourceSettings::name).toList();
    Map<String, List<EventRow>> known = table.known(names, time.first());
    List<StorePlace> stores = StorePlaces.of(lake);
    List<EventChanges> changes = new ArrayList<>();
    Map<String, List<RefusedEvent>> refused = new TreeMap<>();
    List<PosException> failed = new ArrayList<>();
    for (EventSourceSettings source : settings.sources()) {
      try {
        ToldEvents told =
            ToldEvents.of(
                source.name(),
                sources.apply(source, stores).ask(time),
                new NearbyStores(source, stores),
                time);
        List<EventRow> former = known.getOrDefault(source.name(), List.of());
        changes.add(EventChanges.of(former, told, today, seen, belief));
        refused.put(source.name(), told.refused());
        step.accept("%s: %s".formatted(source.name(), told.counts()));
      } catch (PosException e) {
        failed.add(e);
        step.accept("%s failed: %s".formatted(source.name(), e.getMessage()));
      }
    }
    table.write(changes);
    new RefusedEvents(lake).write(QUARANTINED, refused, today.minusDays(1));
    if (!failed.isEmpty()) {
      step.accept("%d sources failed; %s".formatted(failed.size(), written(changes)));
      throw Failures.worst(failed);
    }
    return "%d sources; %s".formatted(names.size(), written(changes));
  }

  private static String written(List<EventChanges> sources) {
    return "%,d rows of an event and a store new or changed, %,d removed"
        .formatted(
            sources.stream().mapToInt(changes -> changes.changed().size()).sum(),
            sources.stream().mapToInt(changes -> changes.removed().size()).sum());
  }
}
