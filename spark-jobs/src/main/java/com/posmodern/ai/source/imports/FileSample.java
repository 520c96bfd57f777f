package com.posmodern.ai.source.imports;

import java.util.List;

/**
 * A description of the beginning of a file.
 *
 * @param format how it most likely is written
 * @param encodingNote what a person should know of the encoding; may be empty
 * @param rows the header and what follows, as text
 */
record FileSample(CsvFormat format, String encodingNote, List<List<String>> rows) {
  static final int ROWS_LOOKED_AT = 2_000;
}
