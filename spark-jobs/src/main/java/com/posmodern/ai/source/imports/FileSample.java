package com.posmodern.ai.source.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A description of the beginning of a file.
 *
 * @param format how it most likely is written
 * @param encodingNote what a person should know of the encoding; may be empty
 * @param rows the header and what follows, as text
 */
record FileSample(CsvFormat format, String encodingNote, List<List<String>> rows) {
  static final int ROWS_LOOKED_AT = 2_000;

  /**
   * The commonest number of fields in a row. Of equally common ones the larger: a title may be as
   * frequent as the rows of a short file.
   *
   * @return 1 without rows
   */
  static int commonest(Stream<Integer> widths) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    widths.forEach(width -> counts.merge(width, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(1);
  }
}
