package com.posmodern.ai.contract;

import java.util.EnumMap;
import java.util.Map;

/** All contracts, read once from the jar. */
public final class Contracts {
  private static final Map<Table, Contract> ALL = readAll();

  private Contracts() {}

  public static Contract of(Table table) {
    return ALL.get(table);
  }

  private static Map<Table, Contract> readAll() {
    Map<Table, Contract> contracts = new EnumMap<>(Table.class);
    for (Table table : Table.values()) {
      contracts.put(table, ContractReader.read(table));
    }
    return contracts;
  }
}
