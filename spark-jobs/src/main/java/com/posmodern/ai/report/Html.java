package com.posmodern.ai.report;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Markup that is escaped by construction: text and attributes can be added only through this class.
 * The output is well-formed XML, so a test can parse the whole page.
 */
final class Html {
  private static final Html NOTHING = new Html("");

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  static Html text(String text) {
    return new Html(escaped(text));
  }

  static Html nothing() {
    return NOTHING;
  }

  static Html join(Collection<Html> parts) {
    return new Html(parts.stream().map(Html::toString).collect(Collectors.joining()));
  }

  static Html join(Html... parts) {
    return join(List.of(parts));
  }

  /**
   * Adds the page's style sheet without escaping, because it contains {@code >}; never used for
   * data.
   */
  static Html style(String css) {
    return new Html("<style>" + css + "</style>");
  }

  static Tag tag(String name) {
    return new Tag("<" + name, name);
  }

  /**
   * A table.
   *
   * @param head names of the columns; a leading # marks a numeric column
   */
  static Html table(List<String> head, Stream<Html> rows) {
    return tag("div")
        .with("class", "scroll")
        .of(
            tag("table")
                .of(
                    tag("thead").of(tag("tr").of(join(head.stream().map(Html::head).toList()))),
                    tag("tbody").of(join(rows.toList()))));
  }

  private static Html head(String name) {
    return name.startsWith("#")
        ? tag("th").with("class", "number").of(name.substring(1))
        : tag("th").of(name);
  }

  static Html row(Html... cells) {
    return tag("tr").of(cells);
  }

  static Html cell(String text) {
    return tag("td").of(text);
  }

  static Html number(String text) {
    return tag("td").with("class", "number").of(text);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        // Characters that XML forbids even when escaped.
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
      }
    }
    return safe.toString();
  }

  @Override
  public String toString() {
    return markup;
  }

  /** A tag under construction. */
  static final class Tag {
    private final String start;
    private final String name;

    private Tag(String start, String name) {
      this.start = start;
      this.name = name;
    }

    Tag with(String attribute, String value) {
      return new Tag(start + " " + attribute + "=\"" + escaped(value) + "\"", name);
    }

    Html of(Html... children) {
      return new Html(start + ">" + join(children) + "</" + name + ">");
    }

    Html of(String text) {
      return of(text(text));
    }

    /** A tag without content. */
    Html empty() {
      return new Html(start + "/>");
    }
  }
}
