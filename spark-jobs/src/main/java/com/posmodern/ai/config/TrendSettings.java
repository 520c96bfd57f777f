package com.posmodern.ai.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Who tells how much terms are asked for, and which products they are about.
 *
 * @param daysBack values of older days are left alone
 * @param timeZone of days, where a source says none
 * @param terms what each is about; other terms are left alone
 */
public record TrendSettings(
    int daysBack,
    String timeZone,
    CallSettings calls,
    Map<String, Items> terms,
    List<Source> sources) {
  public TrendSettings {
    SettingChecks.positive("days_back", daysBack);
    SettingChecks.zone("time_zone", timeZone);
    terms = Map.copyOf(terms);
    sources = List.copyOf(sources);
    long names = sources.stream().map(Source::name).distinct().count();
    SettingChecks.that(names == sources.size(), "sources", "have a name of their own each");
  }

  /** The time zone. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  /** Ids of products and categories that a term is about. */
  public record Items(List<String> products, List<String> categories) {
    public Items {
      products = List.copyOf(products);
      categories = List.copyOf(categories);
      SettingChecks.that(
          !products.isEmpty() || !categories.isEmpty(), "products", "or categories name something");
    }
  }

  /** One source; its key {@code kind} says which of these it is. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Csv.class, name = "CSV"),
    @JsonSubTypes.Type(value = Feed.class, name = "FEED")
  })
  public sealed interface Source {
    /** What its rows are marked with. */
    String name();

    /**
     * Days after a day on which its value is published, for a source that corrects none; -1: a
     * value counts as known from the day on which it was seen.
     */
    int publishedAfterDays();
  }

  /**
   * A delimited file with a header and one value a line.
   *
   * @param file path or address
   * @param day header of the column; so are the next two
   */
  public record Csv(
      String name,
      String file,
      String delimiter,
      String encoding,
      String dateFormat,
      String day,
      String term,
      String value,
      int publishedAfterDays)
      implements Source, DelimitedFile {
    public Csv {
      requireSource(name, file, publishedAfterDays);
      DelimitedFile.require(file, delimiter, encoding, dateFormat);
      SettingChecks.text("day", day);
      SettingChecks.text("term", term);
      SettingChecks.text("value", value);
    }
  }

  /**
   * A feed in RSS or Atom: an entry is about the terms that its title names.
   *
   * @param file path or address
   * @param valueElement of an entry, without its prefix, that holds the value; empty: entries count
   */
  public record Feed(String name, String file, String valueElement, int publishedAfterDays)
      implements Source {
    public Feed {
      requireSource(name, file, publishedAfterDays);
    }
  }

  private static void requireSource(String name, String file, int publishedAfterDays) {
    SettingChecks.name("name", name);
    SettingChecks.text("file", file);
    SettingChecks.that(
        publishedAfterDays >= -1,
        "published_after_days",
        "not be below -1, is " + publishedAfterDays);
  }
}
