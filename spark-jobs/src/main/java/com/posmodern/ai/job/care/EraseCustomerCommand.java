package com.posmodern.ai.job.care;

import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.PrivacySettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.Removal;
import com.posmodern.ai.lake.RetiredTables;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Column;

/**
 * Forgets customers (LGPD, article 18): their rows in every table of the lake, in the till's
 * database and in the reports, and every older version that still had them.
 *
 * <p>The lock of the lake keeps jobs that write apart from it. If it is interrupted, running it
 * again completes it: first the rows are deleted, then what readers see is updated, then old files
 * are removed, and finally the result is verified.
 */
public final class EraseCustomerCommand {
  private static final String NAME = "erase-customer";

  /** Tax, stock and demand need every line sold, so these rows stay without the customer's key. */
  private static final Set<Table> BOOKS = EnumSet.of(Table.SALES_LINES, Table.ACCEPTED_SALES);

  private final Lake lake;
  private final Settings settings;
  private final ErasedCustomers customers;
  private final Progress progress;
  private final InstantSource clock;
  private final Removal removal;

  public EraseCustomerCommand(
      Lake lake,
      Settings settings,
      ErasedCustomers customers,
      Progress progress,
      InstantSource clock) {
    this.lake = lake;
    this.settings = settings;
    this.customers = customers;
    this.progress = progress;
    this.clock = clock;
    this.removal = new Removal(lake);
  }

  /**
   * Erases the customers and proves it.
   *
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage or the till's
   *     database fails, or when the verification still finds a customer
   */
  public void run() {
    step("started: customers " + customers);
    List<Table> tables =
        Arrays.stream(Table.values())
            .filter(EraseCustomerCommand::mayName)
            .filter(lake::exists)
            .toList();
    Map<Table, Long> deleted = new EnumMap<>(Table.class);
    Map<Table, Long> sealed = new EnumMap<>(Table.class);
    PublicationErasure publications = new PublicationErasure(lake, settings, customers);
    for (Table table : tables) {
      deleted.put(table, during(table, () -> remove(table)));
    }
    step(
        String.format(
            Locale.ROOT,
            "%,d rows deleted in %d tables; customer key removed from %,d sales lines",
            sum(deleted, table -> !BOOKS.contains(table)),
            tables.stream().filter(table -> !BOOKS.contains(table)).count(),
            sum(deleted, BOOKS::contains)));
    RetiredTables.remove(lake).forEach(path -> step(path + ": removed, no job reads it any more"));
    publications.keepVisibleRows();
    for (Table table : tables) {
      sealed.put(table, during(table, () -> removal.seal(table, clock.instant())));
    }
    publications.recordAnew(sealed, this::step);
    sealed.forEach(
        (table, version) ->
            during(
                table,
                () -> {
                  removal.forgetBefore(table, version);
                  return version;
                }));
    step("older versions of %d tables removed".formatted(tables.size()));
    String reports = settings.report().folder();
    int pages =
        ReportPages.without(customers, lake.spark().sessionState().newHadoopConf(), reports);
    step("%d report pages changed".formatted(pages));
    new ErasureProof(lake, customers).show(deleted, reports, this::step);
    step(
        "done: no file contains the customers any more"
            + whatEndsByItself(
                settings.privacy(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
  }

  /** Copies out of reach, each with the day on which the last one ends. */
  static String whatEndsByItself(PrivacySettings privacy, LocalDate today) {
    int versions = privacy.bucketVersionsDays();
    List<String> left = new ArrayList<>();
    if (versions > 0) {
      left.add(
          "former versions in the bucket, the last of which end on " + today.plusDays(versions));
    }
    if (privacy.landedExportsDays() > 0) {
      // A file that ends is a former version from then on.
      left.add(
          "imported files where they landed, which end by "
              + today.plusDays(privacy.landedExportsDays() + versions));
    }
    return left.isEmpty()
        ? ""
        : "; out of reach are " + String.join(" and ", left) + ". Delete them before by hand";
  }

  /** Tables with a customer key, and the quarantine, whose rows may contain one in their text. */
  static boolean mayName(Table table) {
    return table == Table.QUARANTINE || !ErasedCustomers.keys(table).isEmpty();
  }

  private long remove(Table table) {
    return BOOKS.contains(table)
        ? removal.unlink(table, theirs(table), ErasedCustomers.keys(table))
        : removal.delete(table, theirs(table));
  }

  private static long sum(Map<Table, Long> rows, Predicate<Table> which) {
    return rows.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private Column theirs(Table table) {
    return table == Table.QUARANTINE
        ? customers.mentionedIn(col(ROW_JSON)).or(customers.mentionedIn(col(ROW_KEY)))
        : customers.own(Contracts.of(table));
  }

  private static long during(Table table, java.util.function.LongSupplier work) {
    try {
      return work.getAsLong();
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "erasing from " + table);
    }
  }

  private void step(String what) {
    progress.step(NAME, what);
  }
}
