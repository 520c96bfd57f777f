package com.posmodern.ai.job.intake;

import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.events.RefusedEvent;
import com.posmodern.ai.source.trends.TrendAnswer;
import com.posmodern.ai.source.trends.TrendSource;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The trends command: asks the sources of the settings how much their terms are asked for, and
 * keeps each value with the day from which it was known in {@code source.trend_signals}. A source
 * that fails does not keep the others back.
 */
public final class TrendsCommand {
  private static final String QUARANTINED = "trends/";

  private final Lake lake;
  private final TrendSettings settings;
  private final Function<TrendSettings.Source, TrendSource> sources;
  private final Clock clock;
  private final Consumer<String> step;

  /**
   * @param sources makes the source that settings describe
   * @param step receives what each source told
   */
  public TrendsCommand(
      Lake lake,
      TrendSettings settings,
      Function<TrendSettings.Source, TrendSource> sources,
      Clock clock,
      Consumer<String> step) {
    this.lake = lake;
    this.settings = settings;
    this.sources = sources;
    this.clock = clock;
    this.step = step;
  }

  /**
   * Asks and writes.
   *
   * @return what was written, in words
   * @throws PosException usage when a term is about something that there is not; infrastructure,
   *     usage or bad data when a source failed, after the others were written
   */
  public String run() {
    if (settings.sources().isEmpty()) {
      return "trends.sources of the settings is empty: nobody was asked";
    }
    TrendItems.requireKnown(settings, lake.read(Table.PRODUCTS));
    ZonedDateTime now = clock.instant().atZone(settings.zone());
    LocalDate seen = Morning.lastWholeDay(now);
    TrendRows rows = new TrendRows(lake, settings.terms(), seen);
    Map<String, List<RefusedEvent>> refused = new TreeMap<>();
    List<PosException> failed = new ArrayList<>();
    for (TrendSettings.Source source : settings.sources()) {
      try {
        TrendAnswer answer = sources.apply(source).ask(seen.minusDays(settings.daysBack()), seen);
        requireUsable(source, answer);
        rows.add(source, answer.signals());
        refused.put(source.name(), answer.refused());
        step.accept("%s: %s".formatted(source.name(), answer));
      } catch (PosException e) {
        failed.add(e);
        step.accept("%s failed: %s".formatted(source.name(), e.getMessage()));
      }
    }
    String written = "%,d values of a term and an item new or corrected".formatted(rows.write());
    new RefusedEvents(lake).write(QUARANTINED, refused, now.toLocalDate().minusDays(1));
    if (!failed.isEmpty()) {
      step.accept("%d sources failed; %s".formatted(failed.size(), written));
      throw Failures.worst(failed);
    }
    return "%d sources; %s".formatted(settings.sources().size(), written);
  }

  private static void requireUsable(TrendSettings.Source source, TrendAnswer answer) {
    if (answer.told() > 0 && answer.refused().size() == answer.told()) {
      throw PosException.badData(
          "none of the %d values that it told of can be used: %s"
              .formatted(answer.told(), answer.refused().get(0).reason()),
          source.name(),
          "Look at the source and its settings; nothing of it was written.");
    }
  }
}
