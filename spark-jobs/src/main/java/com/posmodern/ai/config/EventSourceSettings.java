package com.posmodern.ai.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** One source of local events; its key {@code kind} says which of these it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EventSourceSettings.Ticketmaster.class, name = "TICKETMASTER"),
  @JsonSubTypes.Type(value = EventSourceSettings.Eventbrite.class, name = "EVENTBRITE"),
  @JsonSubTypes.Type(value = EventSourceSettings.Calendar.class, name = "ICALENDAR"),
  @JsonSubTypes.Type(value = EventSourceSettings.Csv.class, name = "CSV")
})
public sealed interface EventSourceSettings {

  /** What its rows are marked with. */
  String name();

  /** An event concerns the stores that are at most so far away, in kilometres. */
  double radiusKm();

  /** Which stores an event concerns of which the source does not say where exactly it is. */
  WithoutPosition withoutPosition();

  /**
   * Stores of an event without a position; with all three empty it is refused.
   *
   * @param cities whether a place that names a store's city means the stores there
   * @param stores otherwise: their ids
   * @param regions and all stores of these
   */
  record WithoutPosition(boolean cities, List<String> stores, List<String> regions) {
    static final WithoutPosition NOWHERE = new WithoutPosition(false, List.of(), List.of());

    public WithoutPosition {
      stores = List.copyOf(stores);
      regions = List.copyOf(regions);
    }
  }

  /**
   * Ticketmaster's Discovery API, with the key of POS_TICKETMASTER_KEY.
   *
   * @param url of the service, without a slash at its end; empty: its own
   */
  record Ticketmaster(String name, String url, double radiusKm) implements EventSourceSettings {
    public Ticketmaster {
      requireName(name, radiusKm);
      requireService(url);
    }

    @Override
    public WithoutPosition withoutPosition() {
      return WithoutPosition.NOWHERE;
    }
  }

  /**
   * The retailer's own events at Eventbrite, with the token of POS_EVENTBRITE_TOKEN.
   *
   * @param url as for Ticketmaster
   * @param organization whose events they are
   */
  record Eventbrite(
      String name,
      String url,
      String organization,
      double radiusKm,
      WithoutPosition withoutPosition)
      implements EventSourceSettings {
    public Eventbrite {
      requireName(name, radiusKm);
      requireService(url);
      SettingChecks.that(
          organization.matches("[0-9]+"), "organization", "be a number, is " + organization);
    }
  }

  /**
   * A file in iCalendar.
   *
   * @param file path or address
   */
  record Calendar(String name, String file, double radiusKm, WithoutPosition withoutPosition)
      implements EventSourceSettings {
    public Calendar {
      requireName(name, radiusKm);
      SettingChecks.text("file", file);
    }
  }

  /**
   * A delimited file with a header.
   *
   * @param file path or address
   * @param delimiter one character
   * @param encoding such as UTF-8 or ISO-8859-1
   * @param dateFormat such as {@code dd/MM/yyyy}
   */
  record Csv(
      String name,
      String file,
      String delimiter,
      String encoding,
      String dateFormat,
      CsvColumns columns,
      double radiusKm,
      WithoutPosition withoutPosition)
      implements EventSourceSettings, DelimitedFile {
    public Csv {
      requireName(name, radiusKm);
      DelimitedFile.require(file, delimiter, encoding, dateFormat);
    }
  }

  /**
   * Headers of the columns; empty where the file has none. Name and first day must be there.
   *
   * @param id without it an event is known by name, place and first day
   * @param ends without it events end on the day on which they begin
   * @param published day on which the event was announced
   */
  record CsvColumns(
      String id,
      String name,
      String starts,
      String ends,
      String latitude,
      String longitude,
      String place,
      String attendance,
      String published) {
    public CsvColumns {
      SettingChecks.text("name", name);
      SettingChecks.text("starts", starts);
      SettingChecks.that(
          latitude.isEmpty() == longitude.isEmpty(), "latitude", "come with longitude");
    }
  }

  private static void requireName(String name, double radiusKm) {
    SettingChecks.name("name", name);
    SettingChecks.positive("radius_km", radiusKm);
  }

  private static void requireService(String url) {
    if (!url.isEmpty()) {
      SettingChecks.address("url", url);
      SettingChecks.that(url.matches("[^?#]*[^?#/]"), "url", "end with host, port or path");
    }
  }
}
