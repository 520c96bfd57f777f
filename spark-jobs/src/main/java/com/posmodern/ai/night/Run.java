package com.posmodern.ai.night;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.privacy.PseudonymKey;
import java.time.LocalDate;
import java.util.List;

/**
 * One run of one or more jobs.
 *
 * @param id distinguishes the runs of an as-of date
 * @param key key for the pseudonyms of customers
 * @param gitCommit of the code that runs
 * @param stores stores whose results are replaced, see {@link Stores}; empty for all stores
 * @param rebuild tables of business dates are rebuilt, not only for days that changed
 */
public record Run(
    String id,
    LocalDate asOf,
    Settings settings,
    PseudonymKey key,
    String gitCommit,
    List<String> stores,
    boolean rebuild) {

  /** A run for all stores. */
  public Run(String id, LocalDate asOf, Settings settings, PseudonymKey key, String gitCommit) {
    this(id, asOf, settings, key, gitCommit, List.of(), false);
  }

  /** The same run for these stores only; for all stores when empty. */
  public Run forStores(List<String> some) {
    return new Run(id, asOf, settings, key, gitCommit, List.copyOf(some), rebuild);
  }

  /** The same run, which rebuilds tables of business dates. */
  public Run rebuilding() {
    return new Run(id, asOf, settings, key, gitCommit, stores, true);
  }
}
