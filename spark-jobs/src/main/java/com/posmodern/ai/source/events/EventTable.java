package com.posmodern.ai.source.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.CsvColumns;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events of a delimited file, such as those that a town publishes: one line an event. */
final class EventTable implements EventSource {
  private final EventSourceSettings.Csv settings;
  private final TextFiles files;
  private final DateTimeFormatter dates;

  EventTable(EventSourceSettings.Csv settings, TextFiles files) {
    this.settings = settings;
    this.files = files;
    this.dates = settings.dates();
  }

  @Override
  public EventAnswer ask(EventTime time) {
    DelimitedText table =
        DelimitedText.of(
            settings.name(),
            files.read(settings.name(), settings.file()),
            settings.delimiter().charAt(0),
            settings.encoding());
    CsvColumns columns = settings.columns();
    for (String column :
        List.of(
            columns.id(),
            columns.name(),
            columns.starts(),
            columns.ends(),
            columns.latitude(),
            columns.longitude(),
            columns.place(),
            columns.attendance(),
            columns.published())) {
      table.require(column);
    }
    EventReading reading = new EventReading(new ArrayList<>(), new ArrayList<>());
    for (DelimitedText.Line line : table.lines()) {
      ObjectNode told = JsonNodeFactory.instance.objectNode();
      line.cells().forEach(told::put);
      reading.read("line " + line.number(), told, () -> event(line));
    }
    return new EventAnswer(reading.events(), reading.refused());
  }

  private LocalEvent event(DelimitedText.Line line) {
    if (!line.whole()) {
      throw new EventReading.Unreadable("it has more or fewer cells than the header");
    }
    CsvColumns columns = settings.columns();
    String name =
        line.cell(columns.name())
            .orElseThrow(() -> new EventReading.Unreadable("it has no " + columns.name()));
    LocalDate starts =
        date(line, columns.starts())
            .orElseThrow(() -> new EventReading.Unreadable("it has no " + columns.starts()));
    Optional<String> place = line.cell(columns.place());
    return new LocalEvent(
        line.cell(columns.id()).orElse(name + "@" + place.orElse("") + "@" + starts),
        name,
        starts,
        date(line, columns.ends()).orElse(starts),
        point(line, columns),
        place,
        attendance(line, columns.attendance()),
        date(line, columns.published()),
        LocalEvent.Status.PLANNED);
  }

  private Optional<LocalDate> date(DelimitedText.Line line, String column) {
    Optional<String> cell = line.cell(column);
    try {
      return cell.map(text -> LocalDate.parse(text, dates));
    } catch (DateTimeParseException e) {
      throw new EventReading.Unreadable(
          "%s is no day as %s: %s".formatted(column, settings.dateFormat(), cell.orElseThrow()));
    }
  }

  private static Optional<GeoPoint> point(DelimitedText.Line line, CsvColumns columns) {
    Optional<Double> north = degrees(line, columns.latitude());
    Optional<Double> east = degrees(line, columns.longitude());
    if (north.isEmpty() || east.isEmpty()) {
      return Optional.empty();
    }
    Optional<GeoPoint> point = GeoPoint.of(north.get(), east.get());
    if (point.isEmpty() && (north.get() != 0 || east.get() != 0)) {
      throw new EventReading.Unreadable("%s, %s is no place".formatted(north.get(), east.get()));
    }
    return point;
  }

  /** With a point or a comma. */
  private static Optional<Double> degrees(DelimitedText.Line line, String column) {
    Optional<String> cell = line.cell(column).map(text -> text.replace(',', '.'));
    try {
      return cell.map(Double::valueOf);
    } catch (NumberFormatException e) {
      throw new EventReading.Unreadable(
          "%s is no number: %s".formatted(column, cell.orElseThrow()));
    }
  }

  /** Thousands may be apart by a point, a comma or a space. */
  private static OptionalLong attendance(DelimitedText.Line line, String column) {
    Optional<String> cell = line.cell(column);
    if (cell.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!cell.get().matches("[0-9]{1,9}|[0-9]{1,3}([., ][0-9]{3}){1,2}")) {
      throw new EventReading.Unreadable("%s is no whole number: %s".formatted(column, cell.get()));
    }
    return OptionalLong.of(Long.parseLong(cell.get().replaceAll("[., ]", "")));
  }
}
