package com.posmodern.ai.contract;

import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * A column as its contract describes it.
 *
 * @param keyPosition place in the primary key from 1; 0 outside the key
 * @param customerKey names a customer: as the retailer does in the source layer, by a pseudonym in
 *     every later one
 * @param unit unit of measure, where there is one
 */
public record ContractColumn(
    String name,
    DataType type,
    String description,
    boolean required,
    int keyPosition,
    boolean partitioned,
    Classification classification,
    boolean customerKey,
    Optional<String> unit) {

  /** How far the column identifies a person (LGPD). */
  public enum Classification {
    NONE,
    /** A key made of another by a keyed hash: it identifies a person to whoever has the key. */
    PSEUDONYMOUS,
    /** Identifies a person by itself; stays in the source layer. */
    PERSONAL
  }

  public boolean isKey() {
    return keyPosition > 0;
  }
}
