package com.posmodern.ai.source.imports;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to do about a reason, in a few words. */
final class Remedies {
  private static final Map<String, String> BY_SUFFIX = new LinkedHashMap<>();

  static {
    BY_SUFFIX.put(
        Receipts.USED_AGAIN,
        "one number for receipts of several stores or days: build sale_id of store, date and"
            + " number");
    BY_SUFFIX.put(
        SourceRecord.MALFORMED, "not the header's number of fields, or a quote left open");
    BY_SUFFIX.put(SourceRecord.UNDECODABLE, "check csv.encoding");
    BY_SUFFIX.put(
        RowLayout.FOLDER_SAYS_OTHERWISE,
        "the file has another value than its folder's name: correct one of them");
    BY_SUFFIX.put(TableConversion.DUPLICATE_KEY, "the key occurs twice with different values");
    BY_SUFFIX.put("_ambiguous_date", "two of the formats read it as different days: keep one");
    BY_SUFFIX.put("_day_and_month_swapped", "fits the format only with day and month swapped");
    BY_SUFFIX.put(
        "_in_clock_gap",
        "a local time that was skipped when clocks were set forward: check time_zone");
    BY_SUFFIX.put("_too_many_decimals", "would be rounded: give the type more decimals");
    BY_SUFFIX.put("_scientific_notation", "a spreadsheet cut off digits: export the code as text");
    BY_SUFFIX.put("_lost_digits", "too large for a float: export the code as text");
    BY_SUFFIX.put(
        "_spreadsheet_error",
        "an error value of a spreadsheet: correct it there, or add it to null_words");
    BY_SUFFIX.put(
        "_not_computed",
        "a formula whose value is not in the file: open it in Excel or LibreOffice and save it");
    BY_SUFFIX.put(
        "_made_a_date",
        "a spreadsheet turned the code into a date: format its column as text and enter it again");
    BY_SUFFIX.put("_looks_empty", "add it to null_words, or to the column's literals");
    BY_SUFFIX.put("_invisible_character", "an invisible character inside the value");
    BY_SUFFIX.put("_undecodable_text", "is not UTF-8");
    BY_SUFFIX.put(
        "_in_repeated_hour",
        "an hour that occurred twice when clocks were set back: taken as the first one");
  }

  private Remedies() {}

  /** In brackets after a blank; empty for what explains itself. */
  static String of(String reason) {
    return BY_SUFFIX.entrySet().stream()
        .filter(entry -> reason.endsWith(entry.getKey()))
        .findFirst()
        .map(entry -> " (" + entry.getValue() + ")")
        .orElse("");
  }
}
