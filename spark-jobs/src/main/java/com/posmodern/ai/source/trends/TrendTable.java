package com.posmodern.ai.source.trends;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.source.events.DelimitedText;
import com.posmodern.ai.source.events.TextFiles;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values of a delimited file: a day, a term and a value a line. */
final class TrendTable implements TrendSource {
  private final TrendSettings.Csv settings;
  private final Terms terms;
  private final TextFiles files;

  TrendTable(TrendSettings.Csv settings, Terms terms, TextFiles files) {
    this.settings = settings;
    this.terms = terms;
    this.files = files;
  }

  @Override
  public TrendAnswer ask(LocalDate first, LocalDate last) {
    DelimitedText table =
        DelimitedText.of(
            settings.name(),
            files.read(settings.name(), settings.file()),
            settings.delimiter().charAt(0),
            settings.encoding());
    List.of(settings.day(), settings.term(), settings.value()).forEach(table::require);
    Signals signals = new Signals(first, last);
    for (DelimitedText.Line line : table.lines()) {
      read(line, signals);
    }
    return signals.answer();
  }

  private void read(DelimitedText.Line line, Signals signals) {
    Optional<String> term = line.cell(settings.term());
    OptionalDouble value = Signals.number(line.cell(settings.value()).orElse(""));
    if (!line.whole()) {
      refuse(line, "it has more or fewer cells than the header", signals);
    } else if (term.isEmpty()) {
      refuse(line, "it has no " + settings.term(), signals);
    } else if (value.isEmpty()) {
      refuse(line, settings.value() + " is no number from 0 on", signals);
    } else {
      try {
        LocalDate day = LocalDate.parse(line.cell(settings.day()).orElse(""), settings.dates());
        signals.add(terms.named(term.get()).stream().toList(), day, value.getAsDouble());
      } catch (DateTimeParseException e) {
        refuse(line, settings.day() + " is no day as " + settings.dateFormat(), signals);
      }
    }
  }

  private static void refuse(DelimitedText.Line line, String reason, Signals signals) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    line.cells().forEach(told::put);
    signals.refuse("line " + line.number(), reason, told.toString());
  }
}
