package com.posmodern.ai.job.care;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Gives a person all that the lake holds of them (LGPD, article 18, II and V), or what led to the
 * messages they got: the rows of the tables that an erasure would go through, as they are, a line
 * of JSON each.
 */
public final class ExportCustomerCommand {
  /** What is exported. */
  public enum Scope {
    /** Every row of every table. */
    EVERYTHING,
    /**
     * Consent, selection, texts and sending, of the nights that wrote a message to the customer.
     */
    MESSAGES
  }

  private final Lake lake;
  private final ErasedCustomers customers;
  private final Consumer<String> steps;

  /**
   * @param customers whose rows are wanted
   * @param steps is told tables and counts, and nothing of the rows
   */
  public ExportCustomerCommand(Lake lake, ErasedCustomers customers, Consumer<String> steps) {
    this.lake = lake;
    this.customers = customers;
    this.steps = steps;
  }

  /**
   * Writes the rows to a new file that its owner alone can read.
   *
   * @return what was written, in one line
   * @throws PosException usage when the file is there already, or cannot be written
   */
  public String run(Path file, Scope scope) {
    long rows = 0;
    int tables = 0;
    try (ExportFile out = ExportFile.create(file)) {
      ExportedRows exported = ExportedRows.of(lake, customers, scope);
      for (Table table : exported.tables()) {
        long found = out.append(table, exported.rows(table));
        rows += found;
        tables += found > 0 ? 1 : 0;
        steps.accept("%s: %d rows".formatted(table, found));
      }
    } catch (IOException e) {
      throw PosException.usage(
          "cannot be written (" + e.getClass().getSimpleName() + ")",
          "--output " + file,
          "Name a file in a folder that you may write to.");
    }
    return "%d rows of %d tables in %s".formatted(rows, tables, file);
  }
}
