package com.posmodern.ai.job;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.privacy.PseudonymKey;
import java.util.Map;

/**
 * Says in each table with pseudonyms which key made them. With another key a customer would be two,
 * and nobody would notice.
 */
final class KeyStamp {
  private static final String PROPERTY = "pos.pseudonymKey";

  private final Lake lake;
  private final PseudonymKey key;

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
    if (!holdsPseudonyms(table) || !lake.exists(table)) {
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
  }

  void put(Table table) {
    if (holdsPseudonyms(table)) {
      new LakeWriter(lake).keep(table, Map.of(PROPERTY, key.fingerprint()));
    }
  }

  private static boolean holdsPseudonyms(Table table) {
    return table.layer() != Layer.SOURCE && !Contracts.of(table).customerKeys().isEmpty();
  }
}
