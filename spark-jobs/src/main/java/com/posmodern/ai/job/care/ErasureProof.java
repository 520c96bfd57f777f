package com.posmodern.ai.job.care;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.FileSearch;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Searches every file of the lake, its logs and the reports for customers who were erased. */
final class ErasureProof {
  private static final int NAMED = 5;

  private final Lake lake;
  private final ErasedCustomers customers;
  private final FileSearch search;

  ErasureProof(Lake lake, ErasedCustomers customers) {
    this.lake = lake;
    this.customers = customers;
    this.search = new FileSearch(lake.spark());
  }

  /**
   * Searches, and prints a line per folder.
   *
   * @param deleted rows deleted per table
   * @param reports folder of the reports
   * @throws PosException infrastructure when a customer was still found
   */
  void show(Map<Table, Long> deleted, String reports, Consumer<String> print) {
    print.accept(
        "%-34s %12s %14s %6s".formatted("folder", "rows deleted", "files searched", "hits"));
    List<String> hits = new ArrayList<>();
    for (Table table : Table.values()) {
      if (lake.exists(table)) {
        hits.addAll(
            line(table.path(), lake.location(table), deleted.getOrDefault(table, 0L), print));
      }
    }
    hits.addAll(line("publication", lake.root() + "/publication", 0, print));
    hits.addAll(line("extract", lake.root() + "/extract", 0, print));
    hits.addAll(line("outreach", lake.root() + "/outreach", 0, print));
    hits.addAll(line("events", lake.root() + "/events", 0, print));
    hits.addAll(line("reports", reports, 0, print));
    if (!hits.isEmpty()) {
      throw PosException.infrastructure(
          "%d files still contain an erased customer: %s"
              .formatted(
                  hits.size(), String.join(", ", hits.subList(0, Math.min(NAMED, hits.size())))),
          lake.root(),
          "Run erase-customer again while no job writes to the lake.",
          null);
    }
  }

  private List<String> line(String name, String folder, long deleted, Consumer<String> print) {
    FileSearch.Matches found =
        search.search(
            folder, text -> customers.mentionedIn(text), text -> customers.mentionedIn(text));
    print.accept(
        String.format(
            Locale.ROOT,
            "%-34s %,12d %,14d %,6d",
            name,
            deleted,
            found.files(),
            found.hits().size()));
    return found.hits().stream().map(hit -> name + hit).toList();
  }
}
