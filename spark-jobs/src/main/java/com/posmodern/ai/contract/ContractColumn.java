package com.posmodern.ai.contract;

import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/**
 * A column as its contract describes it.
 *
 * @param keyPosition place in the primary key from 1; 0 outside the key
 * @param customerKey identifies a customer: by the retailer's id in the source layer, by a
 *     pseudonym in every later layer
 * @param unit unit of measure, where there is one
 * @param addedIn version of the contract that gained the column: a source table loaded before may
 *     lack it
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
    Optional<String> unit,
    Optional<String> addedIn) {

  /** Replaces a personal value wherever a row leaves the source layer. */
  public static final String MASK = "***";

  /** How far the column identifies a person (LGPD). */
  public enum Classification {
    NONE,
    /**
     * A pseudonym made with a keyed hash: it identifies a person only to someone who has the key.
     */
    PSEUDONYMOUS,
    /** Identifies a person by itself; stays in the source layer. */
    PERSONAL
  }

  public boolean isKey() {
    return keyPosition > 0;
  }
}
