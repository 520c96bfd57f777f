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
 * Says in each table with pseudonyms which key made them. With another key a customer would be two,
 * and nobody would notice.
 */
final class KeyStamp {
  private static final String PROPERTY = "pos.pseudonymKey";

  private final Lake lake;
  private final PseudonymKey key;
  private final Set<Table> own = ConcurrentHashMap.newKeySet();

  KeyStamp(Lake lake, PseudonymKey key) {
    this.lake = lake;
    this.key = key;
  }

  /**
   * Refuses a table that was made with another key; one that says nothing is anybody's.
   *
   * @throws PosException usage, with the fingerprints of both
   */
  void requireOwn(Table table) {
    // Once for a job: each look reads the table's log.
    if (own.contains(table) || !holdsPseudonyms(table) || !lake.exists(table)) {
      return;
    }
    String found = lake.properties(table).getOrDefault(PROPERTY, key.fingerprint());
    if (!found.equals(key.fingerprint())) {
      throw PosException.usage(
          "its pseudonyms were made with key %s, %s holds key %s"
              .formatted(found, PseudonymKey.VARIABLE, key.fingerprint()),
          table + " at " + lake.location(table),
          "Use the lake's key; to change it, make the lake anew: docs/personal-data.md, rotation.");
    }
    own.add(table);
  }

  /**
   * What says so in the properties of a table that is written; nothing of one without customers.
   */
  Map<String, String> of(Table table) {
    return holdsPseudonyms(table) ? Map.of(PROPERTY, key.fingerprint()) : Map.of();
  }

  private static boolean holdsPseudonyms(Table table) {
    return table.layer() != Layer.SOURCE && !Contracts.of(table).customerKeys().isEmpty();
  }
}
