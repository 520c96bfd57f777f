package com.posmodern.ai.job.care;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.PUBLICATION_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.Removal;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.ReaderTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Updates the publications when customers are erased. A publication is a set of Delta versions, and
 * the old versions are removed: the publication that readers see now is recorded again without the
 * customers; all others are dropped, and readers can no longer be switched back to them.
 */
final class PublicationErasure {
  private final Lake lake;
  private final PublicationStore store;
  private final List<ReaderTarget> targets;
  private final ErasedCustomers customers;

  PublicationErasure(Lake lake, Settings settings, ErasedCustomers customers) {
    this.lake = lake;
    this.store = new PublicationStore(lake, settings);
    this.targets = store.targets();
    this.customers = customers;
  }

  /**
   * Makes sure that the newest versions contain what readers see except for the erased customers: a
   * later run for the same date that was never published may have replaced the rows.
   */
  void keepVisibleRows() {
    for (Publication publication : visible()) {
      for (PublishedTable published : publication.tables()) {
        Contract contract = Contracts.of(published.table());
        if (!contract.customerKeys().isEmpty()) {
          keepRows(publication, published, contract);
        }
      }
    }
  }

  private void keepRows(Publication publication, PublishedTable published, Contract contract) {
    Table table = published.table();
    Column date = Lake.isOf(publication.asOf());
    Dataset<Row> seen =
        lake.read(table, published.deltaVersion()).where(date.and(not(customers.own(contract))));
    Dataset<Row> newest = lake.read(table).where(date);
    if (!digest(contract, seen).equals(digest(contract, newest))) {
      new LakeWriter(lake).replace(table, publication.asOf(), seen.drop(AS_OF_DATE), Map.of());
    }
  }

  /** Equal for equal rows, regardless of their order. */
  private static Row digest(Contract contract, Dataset<Row> rows) {
    Column[] columns =
        contract.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
    return rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)"))).head();
  }

  /**
   * Records the visible publication at its new versions, in the ledger and with the readers, and
   * drops the others.
   *
   * @param sealed the version from which each table can be read
   */
  void recordAnew(Map<Table, Long> sealed, Consumer<String> step) {
    List<Publication> seen = visible();
    Set<String> kept = seen.stream().map(Publication::id).collect(Collectors.toSet());
    for (Publication publication : seen) {
      Publication moved = moved(publication, sealed);
      new LakeWriter(lake)
          .replace(
              Table.PUBLICATIONS, moved.asOf(), store.record(moved), PublicationStore.key(moved));
    }
    if (lake.exists(Table.PUBLICATIONS)) {
      long dropped =
          new Removal(lake)
              .delete(Table.PUBLICATIONS, not(col(PUBLICATION_ID).isin(kept.toArray())));
      step.accept(
          "publications kept: %s; %,d tables of others dropped, readers cannot be switched back to them"
              .formatted(kept.isEmpty() ? "none" : String.join(", ", kept), dropped));
    }
    for (ReaderTarget target : targets) {
      Optional<Publication> visible = target.visible().flatMap(store::find);
      lake.requireWriter();
      step.accept(target.reader() + ": " + target.erase(visible, customers.pseudonyms()));
    }
  }

  private Publication moved(Publication publication, Map<Table, Long> sealed) {
    List<PublishedTable> tables = new ArrayList<>();
    for (PublishedTable table : publication.tables()) {
      Long version = sealed.get(table.table());
      tables.add(
          version == null
              ? table
              : new PublishedTable(
                  table.table(),
                  version,
                  lake.count(table.table(), version, Optional.of(publication.asOf())),
                  table.modelVersion(),
                  table.verdict(),
                  table.skill()));
    }
    return new Publication(publication.id(), publication.asOf(), tables);
  }

  private List<Publication> visible() {
    return targets.stream()
        .flatMap(target -> target.visible().stream())
        .distinct()
        .flatMap(id -> store.find(id).stream())
        .toList();
  }
}
