package com.posmodern.ai.source.trends;

import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.events.TextFiles;
import java.time.LocalDate;

/** A source of trends. */
public interface TrendSource {

  /**
   * Asks.
   *
   * @param first values of earlier days are left alone
   * @param last so are those of later ones
   * @throws PosException infrastructure when there is no answer, usage when there is no such file,
   *     bad data when it is not what it used to be
   */
  TrendAnswer ask(LocalDate first, LocalDate last);

  /** The source that the settings describe. */
  static TrendSource of(TrendSettings.Source source, TrendSettings settings, TextFiles files) {
    Terms terms = new Terms(settings.terms().keySet());
    if (source instanceof TrendSettings.Feed feed) {
      return new TrendFeed(feed, terms, settings.zone(), files);
    }
    return new TrendTable((TrendSettings.Csv) source, terms, files);
  }
}
