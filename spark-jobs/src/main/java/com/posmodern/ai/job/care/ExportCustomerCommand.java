package com.posmodern.ai.job.care;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.ErasedCustomers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

  private static final Set<Table> OF_MESSAGES =
      EnumSet.of(
          Table.CUSTOMERS,
          Table.SUPPRESSIONS,
          Table.CUSTOMER_FEATURES,
          Table.CUSTOMER_SEGMENTS,
          Table.CUSTOMER_PROPENSITY,
          Table.PRODUCT_RECOMMENDATIONS,
          Table.CAMPAIGN_AUDIENCE,
          Table.CAMPAIGN_MESSAGES,
          Table.OUTBOX,
          Table.CAMPAIGN_EVENTS);

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
    try (BufferedWriter out = open(file)) {
      Optional<Object[]> nights =
          scope == Scope.MESSAGES ? Optional.of(nights()) : Optional.empty();
      for (Table table : Table.values()) {
        if (isWanted(table, scope) && lake.exists(table)) {
          long found = write(table, nights, out);
          rows += found;
          tables += found > 0 ? 1 : 0;
          steps.accept("%s: %d rows".formatted(table, found));
        }
      }
    } catch (IOException e) {
      throw PosException.usage(
          "cannot be written (" + e.getClass().getSimpleName() + ")",
          "--output " + file,
          "Name a file in a folder that you may write to.");
    }
    return "%d rows of %d tables in %s".formatted(rows, tables, file);
  }

  private static BufferedWriter open(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw PosException.usage(
          "is there already", "--output " + file, "Remove it, or name another file.");
    }
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
  }

  private static boolean isWanted(Table table, Scope scope) {
    return scope == Scope.EVERYTHING ? ErasedRows.mayName(table) : OF_MESSAGES.contains(table);
  }

  /**
   * @param nights as-of dates whose rows are wanted; empty for all
   */
  private long write(Table table, Optional<Object[]> nights, BufferedWriter out)
      throws IOException {
    Dataset<Row> rows = lake.read(table).where(ErasedRows.of(customers, table));
    if (nights.isPresent() && Arrays.asList(rows.columns()).contains(AS_OF_DATE)) {
      rows = rows.where(col(AS_OF_DATE).isin(nights.get()));
    }
    Column[] columns = Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    // Null values are named, too: that nothing is stored is an answer.
    Iterator<Row> texts =
        rows.select(to_json(struct(columns), Map.of("ignoreNullFields", "false")))
            .toLocalIterator();
    long found = 0;
    while (texts.hasNext()) {
      out.write("{\"table\":\"%s\",\"row\":%s}".formatted(table, texts.next().getString(0)));
      out.newLine();
      found++;
    }
    return found;
  }

  /** As-of dates on which a message to the customer was written. */
  private Object[] nights() {
    if (!lake.exists(Table.CAMPAIGN_MESSAGES)) {
      return new Object[0];
    }
    return lake
        .read(Table.CAMPAIGN_MESSAGES)
        .where(ErasedRows.of(customers, Table.CAMPAIGN_MESSAGES))
        .select(AS_OF_DATE)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.get(0))
        .toArray();
  }
}
