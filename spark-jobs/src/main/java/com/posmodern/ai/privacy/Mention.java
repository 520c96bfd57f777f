package com.posmodern.ai.privacy;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Finds customers in any text.
 *
 * <p>A pseudonym is found anywhere in the text, and a long id wherever it is a whole word. A short
 * id looks like any other number: it is recognised only as the value of a customer column in JSON.
 * This is a function because query plans would print a condition.
 */
final class Mention implements UDF1<String, Boolean> {
  private static final long serialVersionUID = 1L;

  /** An id of at least this length is unlikely to be another key or a count. */
  private static final int TELLING = 8;

  private final Pattern pattern;

  Mention(Collection<String> ids, Collection<String> pseudonyms, Collection<String> keyColumns) {
    String columns = keyColumns.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    this.pattern =
        Pattern.compile(
            ids.stream()
                    .map(id -> id.length() < TELLING ? valued(columns, id) : word(id))
                    .collect(Collectors.joining("|"))
                + pseudonyms.stream().map("|"::concat).collect(Collectors.joining()));
  }

  private static String word(String id) {
    return "(?<![\\p{L}\\p{N}])" + Pattern.quote(id) + "(?![\\p{L}\\p{N}])";
  }

  /** As in {@code "customer_id":"7"}, whatever escapes the quotes. */
  private static String valued(String columns, String id) {
    return "(?<=(?:" + columns + ")[\\\\\": ]{3,9})" + Pattern.quote(id) + "(?=[\\\\\"])";
  }

  @Override
  public Boolean call(String text) {
    return text != null && pattern.matcher(text).find();
  }

  /** The text with each mention replaced by a word. */
  String replaced(String text, String by) {
    return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(by));
  }

  @Override
  public String toString() {
    return "mention";
  }
}
