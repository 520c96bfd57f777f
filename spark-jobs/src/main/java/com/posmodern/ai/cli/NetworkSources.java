package com.posmodern.ai.cli;

import com.posmodern.ai.config.LocalEventSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.job.intake.LocalEventsCommand;
import com.posmodern.ai.job.intake.TrendsCommand;
import com.posmodern.ai.job.intake.WeatherCommand;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.api.WeatherService;
import com.posmodern.ai.source.events.EventChanges.Belief;
import com.posmodern.ai.source.events.EventSource;
import com.posmodern.ai.source.events.TextFiles;
import com.posmodern.ai.source.trends.TrendSource;
import java.time.Clock;
import java.util.function.Consumer;

/** The commands that ask services on the network; their keys are in the environment. */
final class NetworkSources {
  private final Lake lake;
  private final Settings settings;
  private final Clock clock;

  NetworkSources(Lake lake, Settings settings, Clock clock) {
    this.lake = lake;
    this.settings = settings;
    this.clock = clock;
  }

  /** What was written of the weather. */
  String weather(Consumer<String> step) {
    return new WeatherCommand(
            lake,
            WeatherService.of(settings.weather(), System::getenv),
            settings.weather().historyDays(),
            clock,
            step)
        .run();
  }

  /** What was written of local events. */
  String localEvents(Belief belief, Consumer<String> step) {
    LocalEventSettings events = settings.localEvents();
    TextFiles files =
        new TextFiles(events.calls(), lake.spark().sparkContext().hadoopConfiguration());
    return new LocalEventsCommand(
            lake,
            events,
            (source, stores) ->
                EventSource.of(
                    source,
                    events.calls(),
                    stores.stream().flatMap(store -> store.point().stream()).toList(),
                    System::getenv,
                    files),
            belief,
            clock,
            step)
        .run();
  }

  /** What was written of trends. */
  String trends(Consumer<String> step) {
    TrendSettings trends = settings.trends();
    TextFiles files =
        new TextFiles(trends.calls(), lake.spark().sparkContext().hadoopConfiguration());
    return new TrendsCommand(
            lake, trends, source -> TrendSource.of(source, trends, files), clock, step)
        .run();
  }
}
