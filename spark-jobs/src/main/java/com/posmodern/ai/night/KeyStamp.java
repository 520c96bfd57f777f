package com.posmodern.ai.night;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.PseudonymKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records in each table with pseudonyms the fingerprint of the key that made them. With a different
 * key the same customer would silently get a second pseudonym.
 */
public final class KeyStamp {
  private static final String PROPERTY = "pos.pseudonymKey";

  private final Lake lake;
  private final PseudonymKey key;
  private final Set<Table> own = ConcurrentHashMap.newKeySet();

  public KeyStamp(Lake lake, PseudonymKey key) {
    this.lake = lake;
    this.key = key;
  }

  /**
   * Rejects a table that was written with another key; a table without a fingerprint is accepted.
   *
   * @throws PosException usage, with the fingerprints of both
   */
  public void requireOwn(Table table) {
    // Checked once per job, because each check reads the table's log.
    if (own.contains(table) || !holdsPseudonyms(table) || !lake.exists(table)) {
      return;
    }
    String found = lake.properties(table).getOrDefault(PROPERTY, key.fingerprint());
    if (!found.equals(key.fingerprint())) {
      throw PosException.usage(
          "its pseudonyms were made with key %s, but %s holds key %s"
              .formatted(found, PseudonymKey.VARIABLE, key.fingerprint()),
          table + " at " + lake.location(table),
          "Use the lake's key; to change it, rebuild the lake: docs/personal-data.md, Changing the key.");
    }
    own.add(table);
  }

  /** The fingerprint as a property of a table to be written; empty for tables without customers. */
  public Map<String, String> of(Table table) {
    return holdsPseudonyms(table) ? Map.of(PROPERTY, key.fingerprint()) : Map.of();
  }

  private static boolean holdsPseudonyms(Table table) {
    return table.layer() != Layer.SOURCE && !Contracts.of(table).customerKeys().isEmpty();
  }
}
