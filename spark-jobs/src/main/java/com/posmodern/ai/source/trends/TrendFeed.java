package com.posmodern.ai.source.trends;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.config.TrendSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.events.TextFiles;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Entries of a feed in RSS 2 or Atom, read by the JDK's own parser: of an entry its title, its day
 * and one number are wanted, which needs no library. A document type is not read, so nothing that a
 * feed names is opened.
 */
final class TrendFeed implements TrendSource {
  private static final String TITLE = "title";

  /** Of RSS and of Atom; the first that an entry has is its day. */
  private static final List<String> DAYS = List.of("pubDate", "published", "updated", "date");

  private static final List<String> ENTRIES = List.of("item", "entry");

  private final TrendSettings.Feed settings;
  private final Terms terms;
  private final ZoneId zone;
  private final TextFiles files;

  TrendFeed(TrendSettings.Feed settings, Terms terms, ZoneId zone, TextFiles files) {
    this.settings = settings;
    this.terms = terms;
    this.zone = zone;
    this.files = files;
  }

  @Override
  public TrendAnswer ask(LocalDate first, LocalDate last) {
    byte[] bytes = files.read(settings.name(), settings.file());
    XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
    parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    parsers.setProperty(XMLInputFactory.IS_COALESCING, true);
    Signals signals = new Signals(first, last);
    try {
      XMLStreamReader xml = parsers.createXMLStreamReader(new ByteArrayInputStream(bytes));
      boolean feed = false;
      int number = 0;
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamConstants.START_ELEMENT) {
          continue;
        }
        feed |= List.of("rss", "feed", "RDF").contains(xml.getLocalName());
        if (ENTRIES.contains(xml.getLocalName())) {
          number++;
          read("entry " + number, entry(xml), signals);
        }
      }
      if (!feed) {
        throw changed("the file is neither RSS nor Atom");
      }
    } catch (XMLStreamException e) {
      throw changed("the file is no XML, or half of it");
    }
    return signals.answer();
  }

  /** The texts of an entry's own elements; the first of a name counts. */
  private static Map<String, String> entry(XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> texts = new HashMap<>();
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int what = xml.next();
      if (what == XMLStreamConstants.START_ELEMENT) {
        depth++;
        text.setLength(0);
      } else if (what == XMLStreamConstants.CHARACTERS || what == XMLStreamConstants.CDATA) {
        text.append(xml.getText());
      } else if (what == XMLStreamConstants.END_ELEMENT) {
        depth--;
        if (depth == 1) {
          texts.putIfAbsent(xml.getLocalName(), text.toString().strip());
        }
      }
    }
    return texts;
  }

  private void read(String key, Map<String, String> entry, Signals signals) {
    String title = entry.getOrDefault(TITLE, "");
    Optional<LocalDate> day =
        DAYS.stream().filter(entry::containsKey).findFirst().flatMap(name -> day(entry.get(name)));
    OptionalDouble value =
        settings.valueElement().isEmpty()
            ? OptionalDouble.of(1)
            : Signals.number(entry.getOrDefault(settings.valueElement(), ""));
    ObjectNode told = JsonNodeFactory.instance.objectNode().put(TITLE, title);
    if (title.isEmpty()) {
      signals.refuse(key, "it has no title", told.toString());
    } else if (day.isEmpty()) {
      signals.refuse(key, "it has no day, or none that can be read", told.toString());
    } else if (value.isEmpty()) {
      signals.refuse(key, settings.valueElement() + " is no number from 0 on", told.toString());
    } else {
      signals.add(terms.within(title), day.get(), value.getAsDouble());
    }
  }

  /** As RSS writes it (RFC 1123), or as Atom does (RFC 3339). */
  private Optional<LocalDate> day(String text) {
    DateTimeFormatter form =
        text.matches("[0-9]{4}-.*")
            ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
            : DateTimeFormatter.RFC_1123_DATE_TIME;
    try {
      return Optional.of(OffsetDateTime.parse(text, form).atZoneSameInstant(zone).toLocalDate());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private PosException changed(String what) {
    return PosException.badData(
        what, settings.name(), "Look at the file; what is known stays as it is.");
  }
}
