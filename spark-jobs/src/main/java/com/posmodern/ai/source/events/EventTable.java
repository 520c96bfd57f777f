package com.posmodern.ai.source.events;

import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.CsvColumns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events of a delimited file, such as those that a town publishes: one line an event. */
final class EventTable implements EventSource {
  private final EventSourceSettings.Csv settings;
  private final TextFiles files;

  EventTable(EventSourceSettings.Csv settings, TextFiles files) {
    this.settings = settings;
    this.files = files;
  }

  @Override
  public EventAnswer ask(EventTime time) {
    CsvColumns columns = settings.columns();
    DelimitedText table =
        DelimitedText.of(
            settings,
            files,
            List.of(
                columns.id(),
                columns.name(),
                columns.starts(),
                columns.ends(),
                columns.latitude(),
                columns.longitude(),
                columns.place(),
                columns.attendance(),
                columns.published()));
    EventReading reading = new EventReading(new ArrayList<>(), new ArrayList<>());
    for (DelimitedText.Line line : table.lines()) {
      reading.read(line.key(), line.told(), () -> event(line));
    }
    return new EventAnswer(reading.events(), reading.refused());
  }

  private LocalEvent event(DelimitedText.Line line) {
    line.requireWhole();
    CsvColumns columns = settings.columns();
    String name = line.text(columns.name());
    LocalDate starts =
        line.day(columns.starts(), settings)
            .orElseThrow(() -> new Unreadable("it has no " + columns.starts()));
    Optional<String> place = line.cell(columns.place());
    return new LocalEvent(
        line.cell(columns.id()).orElse(name + "@" + place.orElse("") + "@" + starts),
        name,
        starts,
        line.day(columns.ends(), settings).orElse(starts),
        point(line, columns),
        place,
        attendance(line, columns.attendance()),
        line.day(columns.published(), settings),
        LocalEvent.Status.PLANNED);
  }

  private static Optional<GeoPoint> point(DelimitedText.Line line, CsvColumns columns) {
    Optional<Double> north = degrees(line, columns.latitude());
    Optional<Double> east = degrees(line, columns.longitude());
    if (north.isEmpty() || east.isEmpty()) {
      return Optional.empty();
    }
    Optional<GeoPoint> point = GeoPoint.of(north.get(), east.get());
    if (point.isEmpty() && (north.get() != 0 || east.get() != 0)) {
      throw new Unreadable("%s, %s is no place".formatted(north.get(), east.get()));
    }
    return point;
  }

  /** With a point or a comma. */
  private static Optional<Double> degrees(DelimitedText.Line line, String column) {
    Optional<String> cell = line.cell(column).map(text -> text.replace(',', '.'));
    try {
      return cell.map(Double::valueOf);
    } catch (NumberFormatException e) {
      throw new Unreadable("%s is no number: %s".formatted(column, cell.orElseThrow()));
    }
  }

  /** Thousands may be apart by a point, a comma or a space. */
  private static OptionalLong attendance(DelimitedText.Line line, String column) {
    Optional<String> cell = line.cell(column);
    if (cell.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!cell.get().matches("[0-9]{1,9}|[0-9]{1,3}([., ][0-9]{3}){1,2}")) {
      throw new Unreadable("%s is no whole number: %s".formatted(column, cell.get()));
    }
    return OptionalLong.of(Long.parseLong(cell.get().replaceAll("[., ]", "")));
  }
}
