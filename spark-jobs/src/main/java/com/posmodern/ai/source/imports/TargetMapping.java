package com.posmodern.ai.source.imports;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a table's rows come from a source.
 *
 * @param source name of the source
 * @param oneRowPerKey many source rows give one row of the table: of the rows that share a primary
 *     key the most frequent is kept, the lowest of equally frequent ones
 * @param rules name → Spark SQL over the source's names that a row keeps, beside the contract's
 *     rules; a row that breaks one is quarantined with the name as its reason
 * @param columns column of the table → where its values come from
 */
public record TargetMapping(
    String source,
    boolean oneRowPerKey,
    Map<String, String> rules,
    Map<String, TargetColumn> columns) {

  public TargetMapping {
    rules = new LinkedHashMap<>(rules);
    columns = new LinkedHashMap<>(columns);
    rules.keySet().forEach(Checks::identifier);
  }
}
