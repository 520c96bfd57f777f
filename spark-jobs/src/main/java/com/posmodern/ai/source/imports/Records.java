package com.posmodern.ai.source.imports;

import java.io.Closeable;
import java.io.IOException;

/** Rows of a file in their order. */
interface Records extends Closeable {

  /**
   * The next row, whatever its number of fields; null after the last. Rows without any value are
   * left out.
   */
  SourceRecord next() throws IOException;

  /** From here on, rows of another number of fields are refused. */
  void expect(int fields);
}
