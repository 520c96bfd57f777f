package com.posmodern.ai.source.trends;

import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.source.events.DelimitedText;
import com.posmodern.ai.source.events.TextFiles;
import com.posmodern.ai.source.events.Unreadable;
import java.time.LocalDate;
import java.util.List;

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
            settings, files, List.of(settings.day(), settings.term(), settings.value()));
    Signals signals = new Signals(first, last);
    for (DelimitedText.Line line : table.lines()) {
      try {
        read(line, signals);
      } catch (Unreadable e) {
        signals.refuse(line.key(), e.getMessage(), line.told().toString());
      }
    }
    return signals.answer();
  }

  private void read(DelimitedText.Line line, Signals signals) {
    line.requireWhole();
    String term = line.text(settings.term());
    double value =
        Signals.number(line.text(settings.value()))
            .orElseThrow(() -> new Unreadable(settings.value() + " is no number from 0 on"));
    LocalDate day =
        line.day(settings.day(), settings)
            .orElseThrow(() -> new Unreadable("it has no " + settings.day()));
    signals.add(terms.named(term).stream().toList(), day, value);
  }
}
