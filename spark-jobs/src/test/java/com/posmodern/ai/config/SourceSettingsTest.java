package com.posmodern.ai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.EventSourceSettings.Calendar;
import com.posmodern.ai.config.EventSourceSettings.Csv;
import com.posmodern.ai.config.EventSourceSettings.CsvColumns;
import com.posmodern.ai.config.EventSourceSettings.Eventbrite;
import com.posmodern.ai.config.EventSourceSettings.Ticketmaster;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.config.TrendSettings.Feed;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the sources of local events and trends may say, and what is refused by its key. */
class SourceSettingsTest {
  private static final WithoutPosition NOWHERE = new WithoutPosition(false, List.of(), List.of());

  private static final CsvColumns COLUMNS =
      new CsvColumns("", "Evento", "Data", "", "Lat", "Lon", "", "", "");

  @Test
  void everySourceHasANameAndARadius() {
    refused("name", () -> new Ticketmaster("Not a name!", "", 5));
    refused("radius_km", () -> new Ticketmaster("t", "", 0));
    refused("name", () -> new Calendar("", "town.ics", 5, NOWHERE));
    refused("file", () -> new Calendar("town", "", 5, NOWHERE));
    refused("organization", () -> new Eventbrite("e", "", "acme", 5, NOWHERE));
    assertThat(new Ticketmaster("t", "", 5).withoutPosition()).isEqualTo(NOWHERE);
  }

  @Test
  void aServiceIsAnAddressWithoutASlashAtItsEnd() {
    refused("url", () -> new Ticketmaster("t", "not an address", 5));
    refused("url", () -> new Ticketmaster("t", "https://example.org/", 5));
    refused("url", () -> new Eventbrite("e", "https://example.org/v3?token=x", "1", 5, NOWHERE));
    assertThat(new Ticketmaster("t", "https://example.org/v2", 5).url())
        .isEqualTo("https://example.org/v2");
  }

  @Test
  void aFileOfEventsSaysHowItIsRead() {
    assertThat(csv(",", "UTF-8", "dd/MM/yyyy").dates().parse("31/01/2026", LocalDate::from))
        .isEqualTo(LocalDate.of(2026, 1, 31));
    refused("delimiter", () -> csv(";;", "UTF-8", "dd/MM/yyyy"));
    refused("encoding", () -> csv(",", "no such", "dd/MM/yyyy"));
    refused("date_format", () -> csv(",", "UTF-8", "nonsense"));
    refused("name", () -> new CsvColumns("", "", "Data", "", "", "", "", "", ""));
    refused("starts", () -> new CsvColumns("", "Evento", "", "", "", "", "", "", ""));
    refused("latitude", () -> new CsvColumns("", "Evento", "Data", "", "Lat", "", "", "", ""));
  }

  @Test
  void aTrendIsPublishedOnItsDayOrLaterOrNobodySaysWhen() {
    assertThat(new Feed("f", "feed.xml", "", -1).publishedAfterDays()).isEqualTo(-1);
    refused("published_after_days", () -> new Feed("f", "feed.xml", "", -2));
    refused("name", () -> new Feed("Not a name!", "feed.xml", "", 0));
    refused("file", () -> new Feed("f", "", "", 0));
    TrendSettings.Csv file =
        new TrendSettings.Csv("s", "s.csv", ";", "UTF-8", "yyyy-MM-dd", "day", "term", "value", 2);
    assertThat(file.dates().parse("2026-01-31", LocalDate::from))
        .isEqualTo(LocalDate.of(2026, 1, 31));
    refused("products", () -> new TrendSettings.Items(List.of(), List.of()));
  }

  private static Csv csv(String delimiter, String encoding, String dates) {
    return new Csv("town", "town.csv", delimiter, encoding, dates, COLUMNS, 5, NOWHERE);
  }

  private static void refused(String key, ThrowingCallable settings) {
    assertThatThrownBy(settings).as(key).hasMessageContaining(key);
  }
}
