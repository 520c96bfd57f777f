package com.posmodern.ai.publish.bi;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.List;

/** The result tables that BI reads, in a stable order. */
final class BiTables {
  private BiTables() {}

  static List<Table> all() {
    return Arrays.stream(Table.values())
        .filter(table -> table.layer() == Layer.RESULTS)
        .filter(table -> Contracts.of(table).consumers().contains("bi"))
        .toList();
  }
}
