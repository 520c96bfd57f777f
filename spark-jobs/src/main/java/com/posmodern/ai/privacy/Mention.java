package com.posmodern.ai.privacy;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Finds customers in any text.
 *
 * <p>A pseudonym is found wherever it stands, and so is a telling id as a word. An id of a few
 * characters reads like any other number: it counts only as the value of a customer's column, as
 * JSON writes it. A function, as plans would print a condition.
 */
final class Mention implements UDF1<String, Boolean> {
  private static final long serialVersionUID = 1L;

  /** From this length on an id is taken for nobody else's key or count. */
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

  /** The text with another word for each mention. */
  String replaced(String text, String by) {
    return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(by));
  }

  @Override
  public String toString() {
    return "mention";
  }
}
