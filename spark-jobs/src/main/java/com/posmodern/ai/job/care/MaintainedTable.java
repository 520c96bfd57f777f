package com.posmodern.ai.job.care;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.TableCare;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What maintenance did to a table.
 *
 * @param done notes besides the sizes
 */
record MaintainedTable(
    Table table, TableCare.Size before, TableCare.Size after, List<String> done) {

  MaintainedTable {
    done = List.copyOf(done);
  }

  /** Bytes less on the storage; negative when there are more. */
  long freed() {
    return before.bytes() - after.bytes();
  }

  /** A line for the person who watches. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d files of %,d KiB, before %,d of %,d%s",
        table,
        after.files(),
        after.bytes() >> 10,
        before.files(),
        before.bytes() >> 10,
        done.stream().map("; "::concat).collect(Collectors.joining()));
  }
}
