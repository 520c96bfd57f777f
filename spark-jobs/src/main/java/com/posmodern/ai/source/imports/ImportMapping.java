package com.posmodern.ai.source.imports;

import com.posmodern.ai.config.SettingsReader;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.TargetColumn.LineNumber;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of {@code conf/import/}: how the columns of a retailer's export become rows of the source
 * tables.
 *
 * @param file where it was read, for messages
 * @param lines dotted key → line of the file, for messages
 * @param origins source → the table of a database that its files were read from a moment ago; what
 *     refused rows name instead of a file
 */
public record ImportMapping(
    Path file,
    Map<String, SourceMapping> sources,
    Map<Table, TargetMapping> targets,
    Map<String, Integer> lines,
    Map<String, String> origins) {

  /** A mapping of files. */
  public ImportMapping(
      Path file,
      Map<String, SourceMapping> sources,
      Map<Table, TargetMapping> targets,
      Map<String, Integer> lines) {
    this(file, sources, targets, lines, Map.of());
  }

  /** The file's own shape. */
  private record Document(
      String description, Map<String, SourceMapping> sources, Map<String, TargetMapping> targets) {}

  /**
   * Reads and checks a mapping.
   *
   * @throws PosException usage, naming file and key, when a key is unknown or missing, a value is
   *     bad, or a table or column is not the contracts'
   */
  public static ImportMapping read(Path file) {
    SettingsReader.Texts<Document> read = SettingsReader.readTexts(file, Document.class);
    Document document = read.value();
    return new ImportMapping(
            file, new LinkedHashMap<>(document.sources()), Map.of(), read.lines(), Map.of())
        .withTargets(document.targets());
  }

  /**
   * The same sources with checked targets.
   *
   * @param named by the name of the table
   * @throws PosException usage, as {@link #read}
   */
  public ImportMapping withTargets(Map<String, TargetMapping> named) {
    Map<Table, TargetMapping> checked = new LinkedHashMap<>();
    named.forEach(
        (name, target) -> {
          Table table = table(name);
          check(table, target);
          checked.put(table, target);
        });
    if (checked.isEmpty()) {
      throw wrong("targets", "no table is given", "Give at least one.");
    }
    return new ImportMapping(file, sources, checked, lines, origins);
  }

  /** The same, for files that lack any columns of a source. */
  ImportMapping withOptionalColumns(String source) {
    Map<String, SourceMapping> all = new LinkedHashMap<>(sources);
    all.computeIfPresent(source, (name, mapping) -> mapping.withOptionalColumns());
    return new ImportMapping(file, all, targets, lines, origins);
  }

  /** Target tables, with their sources, whose source is none of those. */
  public Map<Table, String> targetsWithout(Set<String> given) {
    Map<Table, String> without = new LinkedHashMap<>();
    targets.forEach(
        (table, target) -> {
          if (!given.contains(target.source())) {
            without.put(table, target.source());
          }
        });
    return without;
  }

  private Table table(String name) {
    List<Table> tables =
        Arrays.stream(Table.values()).filter(t -> t.layer() == Layer.SOURCE).toList();
    return tables.stream()
        .filter(t -> t.tableName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "targets." + name,
                    "there is no such source table",
                    "The tables are " + tables.stream().map(Table::tableName).toList() + "."));
  }

  private void check(Table table, TargetMapping target) {
    String key = "targets." + table.tableName();
    Contract contract = Contracts.of(table);
    if (!sources.containsKey(target.source())) {
      throw wrong(
          key + ".source",
          "there is no source " + target.source(),
          "The sources are " + sources.keySet() + ".");
    }
    String columns = key + ".columns.";
    for (String name : target.columns().keySet()) {
      requireColumn(columns + name, contract, name);
    }
    for (ContractColumn column : contract.columns()) {
      if (column.required() && !target.columns().containsKey(column.name())) {
        throw wrong(
            columns + column.name(),
            "the contract requires the column",
            "Give it an expression or a constant (" + column.description() + ").");
      }
    }
    numbering(target)
        .ifPresent(
            numbered -> {
              LineNumber lineNumber = (LineNumber) target.columns().get(numbered);
              Stream.concat(lineNumber.within().stream(), lineNumber.orderBy().stream())
                  .forEach(name -> requireColumn(columns + numbered, contract, name));
              checkNumbering(columns + numbered, contract, numbered, lineNumber);
            });
  }

  /** Counted within anything but the rest of the key, two lines would get the same key. */
  private void checkNumbering(
      String key, Contract contract, String numbered, LineNumber lineNumber) {
    List<String> rest = contract.primaryKey().stream().filter(k -> !k.equals(numbered)).toList();
    if (contract.primaryKey().contains(numbered)
        && !Set.copyOf(lineNumber.within()).equals(Set.copyOf(rest))) {
      throw wrong(
          key,
          "within is %s, but the rest of the key of %s is %s"
              .formatted(lineNumber.within(), contract.table().tableName(), rest),
          "Count within %s; where its values are not unique, as with receipt numbers that every store has, make them so: concat(store, '-', receipt)."
              .formatted(rest));
    }
    if (lineNumber.orderBy().contains(numbered)) {
      throw wrong(key, "order_by names the line number itself", "Order by other columns.");
    }
  }

  /** The column that counts the lines, where there is one. */
  public static Optional<String> numbering(TargetMapping target) {
    return target.columns().entrySet().stream()
        .filter(column -> column.getValue() instanceof LineNumber)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void requireColumn(String key, Contract contract, String name) {
    if (!contract.columnNames().contains(name)) {
      throw wrong(
          key,
          "%s has no column %s".formatted(contract.table().tableName(), name),
          "Its columns are " + contract.columnNames() + ".");
    }
  }

  /** An error of usage at a key of the file. */
  public PosException wrong(String key, String what, String remedy) {
    // Headers are quoted as a file has them, and an error is one line.
    return PosException.usage(
        oneLine(what), SettingsReader.place(file, lines, key), oneLine(remedy));
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\u2028\u2029]+", " ");
  }
}
