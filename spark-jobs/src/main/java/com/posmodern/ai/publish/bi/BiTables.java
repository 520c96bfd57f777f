package com.posmodern.ai.publish.bi;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.List;

/** The tables that BI reads, in a stable order. */
final class BiTables {
  private BiTables() {}

  /** Results, which are read publication by publication. */
  static List<Table> all() {
    return Arrays.stream(Table.values())
        .filter(table -> table.layer() == Layer.RESULTS)
        .filter(table -> Contracts.of(table).consumers().contains("bi"))
        .toList();
  }

  /** Tables that are read as they are, with what was written a moment ago. */
  static List<Table> live() {
    return Arrays.stream(Table.values())
        .filter(table -> Contracts.of(table).consumers().contains("bi-live"))
        .toList();
  }
}
