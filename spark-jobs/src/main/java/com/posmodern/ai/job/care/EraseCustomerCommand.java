package com.posmodern.ai.job.care;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.ExtractedRows;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.RetiredTables;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.outreach.Outbox;
import com.posmodern.ai.outreach.Responses;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

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

  private final Lake lake;
  private final Settings settings;
  private final ErasedCustomers customers;
  private final Progress progress;
  private final InstantSource clock;

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
  }

  /**
   * Erases the customers and proves it.
   *
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage or the till's
   *     database fails, or when the verification still finds a customer
   */
  public void run() {
    step("started: customers " + customers);
    takeOverUnfinished();
    TableErasure tables = new TableErasure(lake, customers);
    PublicationErasure publications = new PublicationErasure(lake, settings, customers);
    Map<Table, Long> deleted = tables.deleteRows();
    step(ErasedRows.summary(deleted));
    RetiredTables.remove(lake).forEach(path -> step(path + ": removed, no job reads it any more"));
    publications.keepVisibleRows();
    Map<Table, Long> sealed = tables.seal(clock.instant());
    publications.recordAnew(sealed, this::step);
    tables.forgetBefore(sealed);
    step("older versions of %d tables removed".formatted(sealed.size()));
    String reports = settings.report().folder();
    int pages =
        ReportPages.without(customers, lake.spark().sessionState().newHadoopConf(), reports);
    step("%d report pages changed".formatted(pages));
    new ErasureProof(lake, customers).show(deleted, reports, this::step);
    step(
        "done: no file contains the customers any more"
            + CopiesOutOfReach.sentence(
                settings.privacy(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
  }

  /**
   * What an interrupted extract or sending left behind, and answers that nobody has read. An
   * extract that is resumed would bring the customers back.
   */
  private void takeOverUnfinished() {
    ExtractedRows.clear(lake)
        .forEach(name -> step("extract %s: rows of an unfinished run removed".formatted(name)));
    long sent = new Outbox(lake).takeOver();
    if (sent > 0) {
      step(
          "%d attempts of an interrupted sending taken over into %s".formatted(sent, Table.OUTBOX));
    }
    long landed = Responses.landed(lake, settings);
    if (landed > 0) {
      step("%d files of answers are not read yet: run responses before".formatted(landed));
    }
  }

  private void step(String what) {
    progress.step(NAME, what);
  }
}
