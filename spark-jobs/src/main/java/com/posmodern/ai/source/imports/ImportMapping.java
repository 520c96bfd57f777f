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
import java.util.stream.Stream;

/**
 * A file of {@code conf/import/}: how the columns of a retailer's export become rows of the source
 * tables.
 *
 * @param file where it was read, for messages
 */
public record ImportMapping(
    Path file, Map<String, SourceMapping> sources, Map<Table, TargetMapping> targets) {

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
    Document document = SettingsReader.read(file, Document.class);
    Map<Table, TargetMapping> targets = new LinkedHashMap<>();
    document
        .targets()
        .forEach(
            (name, target) -> {
              Table table = table(file, name);
              check(file, document, table, target);
              targets.put(table, target);
            });
    if (targets.isEmpty()) {
      throw wrong(file, "targets", "no table is named", "Name at least one.");
    }
    return new ImportMapping(file, new LinkedHashMap<>(document.sources()), targets);
  }

  private static Table table(Path file, String name) {
    List<Table> tables =
        Arrays.stream(Table.values()).filter(t -> t.layer() == Layer.SOURCE).toList();
    return tables.stream()
        .filter(t -> t.tableName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    file,
                    "targets." + name,
                    "there is no such source table",
                    "The tables are " + tables.stream().map(Table::tableName).toList() + "."));
  }

  private static void check(Path file, Document document, Table table, TargetMapping target) {
    String key = "targets." + table.tableName();
    Contract contract = Contracts.of(table);
    if (!document.sources().containsKey(target.source())) {
      throw wrong(
          file,
          key + ".source",
          "there is no source " + target.source(),
          "The sources are " + document.sources().keySet() + ".");
    }
    String columns = key + ".columns.";
    for (String name : target.columns().keySet()) {
      requireColumn(file, columns + name, contract, name);
    }
    for (ContractColumn column : contract.columns()) {
      if (column.required() && !target.columns().containsKey(column.name())) {
        throw wrong(
            file,
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
                  .forEach(name -> requireColumn(file, columns + numbered, contract, name));
            });
  }

  /** The column that counts the lines, where there is one. */
  static Optional<String> numbering(TargetMapping target) {
    return target.columns().entrySet().stream()
        .filter(column -> column.getValue() instanceof LineNumber)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static void requireColumn(Path file, String key, Contract contract, String name) {
    if (!contract.columnNames().contains(name)) {
      throw wrong(
          file,
          key,
          "%s has no column %s".formatted(contract.table().tableName(), name),
          "Its columns are " + contract.columnNames() + ".");
    }
  }

  PosException wrong(String key, String what, String remedy) {
    return wrong(file, key, what, remedy);
  }

  private static PosException wrong(Path file, String key, String what, String remedy) {
    return PosException.usage(what, file + " " + key, remedy);
  }
}
