package com.posmodern.ai.source.jdbc;

import com.posmodern.ai.config.SettingsReader;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.imports.ImportMapping;
import com.posmodern.ai.source.imports.SourceColumn;
import com.posmodern.ai.source.imports.SourceMapping;
import com.posmodern.ai.source.imports.TargetMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file of {@code conf/extract/}: a database, its tables, and how their columns become rows of the
 * source tables. Its name without the ending is the name under which the lake keeps how far it was
 * read.
 */
public final class ExtractFile {

  private final boolean enabled;
  private final Database database;
  private final Map<String, SourceTable> tables;
  private final ImportMapping mapping;

  /** The file's own shape. */
  private record Document(
      String description,
      boolean enabled,
      Database database,
      Map<String, SourceTable> sources,
      Map<String, TargetMapping> targets) {}

  private ExtractFile(
      boolean enabled, Database database, Map<String, SourceTable> tables, ImportMapping mapping) {
    this.enabled = enabled;
    this.database = database;
    this.tables = tables;
    this.mapping = mapping;
  }

  /**
   * The files of a folder that are switched on, in the order of their names.
   *
   * @return empty where there is no such folder
   * @throws PosException usage, as {@link #read}, for any file of the folder
   */
  public static List<ExtractFile> enabled(Path folder) {
    return SettingsReader.files(folder).stream()
        .map(ExtractFile::read)
        .filter(file -> file.enabled)
        .toList();
  }

  /**
   * Reads and checks a file.
   *
   * @throws PosException usage, naming file, line and key
   */
  public static ExtractFile read(Path file) {
    SettingsReader.Texts<Document> read = SettingsReader.readTexts(file, Document.class);
    Document document = read.value();
    Map<String, SourceTable> tables = new LinkedHashMap<>(document.sources());
    ImportMapping empty = new ImportMapping(file, Map.of(), Map.of(), read.lines());
    Map<String, SourceMapping> sources = new LinkedHashMap<>();
    Map<String, String> origins = new LinkedHashMap<>();
    tables.forEach(
        (name, table) -> {
          sources.put(name, mapping(empty, name, table, document.database()));
          origins.put(name, origin(document.database(), table));
        });
    ImportMapping mapping =
        new ImportMapping(file, sources, Map.of(), read.lines(), origins)
            .withTargets(document.targets());
    mapping.targets().forEach((table, target) -> check(mapping, tables, table, target));
    return new ExtractFile(document.enabled(), document.database(), tables, mapping);
  }

  /**
   * Refuses files of which one would remove the rows of another: with missing_at_most all rows of a
   * table are taken for those of one source.
   *
   * @throws PosException usage
   */
  public static void requireOwnTables(List<ExtractFile> files) {
    for (ExtractFile file : files) {
      for (String source : file.sources()) {
        if (file.missingAtMost(source).isPresent()) {
          for (Table table : file.targets(source)) {
            files.stream()
                .filter(other -> !other.name().equals(file.name()))
                .filter(other -> other.mapping.targets().containsKey(table))
                .findFirst()
                .ifPresent(
                    other -> {
                      throw file.wrong(
                          "sources.%s.removed.missing_at_most".formatted(source),
                          "it would remove the rows of %s that %s brings"
                              .formatted(table.tableName(), other.mapping.file()),
                          "Leave missing_at_most out, or bring the table from one database only.");
                    });
          }
        }
      }
    }
  }

  private static SourceMapping mapping(
      ImportMapping file, String source, SourceTable table, Database database) {
    Map<String, SourceColumn> columns = new LinkedHashMap<>();
    table
        .columns()
        .forEach(
            (name, node) -> {
              try {
                columns.put(name, SourceColumn.ofTable(node, database.timeZone()));
              } catch (IllegalArgumentException e) {
                throw file.wrong(
                    "sources.%s.columns.%s".formatted(source, name),
                    e.getMessage(),
                    "Correct the value of the key.");
              }
            });
    try {
      return SourceMapping.ofTable(columns, table.derived());
    } catch (IllegalArgumentException e) {
      throw file.wrong("sources." + source, e.getMessage(), "Correct the value of the key.");
    }
  }

  private static String origin(Database database, SourceTable table) {
    // A query is named as it names itself.
    String name = table.table().strip();
    String shown = name.startsWith("(") ? name.replaceFirst("(?is).*\\)\\s*(as\\s+)?", "") : name;
    return "%s of %s".formatted(shown, database.place());
  }

  /** What is made of all rows of a table cannot be made of those that changed. */
  private static void check(
      ImportMapping mapping, Map<String, SourceTable> tables, Table table, TargetMapping target) {
    SourceTable source = tables.get(target.source());
    String key = "targets." + table.tableName();
    Optional<String> numbered = ImportMapping.numbering(target);
    if (source.watermark().isPresent() && (target.oneRowPerKey() || numbered.isPresent())) {
      throw mapping.wrong(
          numbered.map(column -> key + ".columns." + column).orElse(key + ".one_row_per_key"),
          "it depends on all rows of the table, but with a watermark only changed ones are read",
          "Take the value of a column, or leave the watermark out.");
    }
    Contract contract = Contracts.of(table);
    if (source.removed().missingAtMost().isPresent()
        && numbered.filter(contract.primaryKey()::contains).isPresent()) {
      throw mapping.wrong(
          "sources.%s.removed.missing_at_most".formatted(target.source()),
          "the key of %s is counted (%s), so that keys cannot be compared"
              .formatted(table.tableName(), numbered.get()),
          "Take the column's value from the table, or leave missing_at_most out.");
    }
  }

  public String name() {
    String name = mapping.file().getFileName().toString();
    return name.endsWith(SettingsReader.ENDING)
        ? name.substring(0, name.length() - SettingsReader.ENDING.length())
        : name;
  }

  public Database database() {
    return database;
  }

  public ImportMapping mapping() {
    return mapping;
  }

  /** Sources that a target reads, in the order of the file. */
  public List<String> sources() {
    List<String> sources = new ArrayList<>(tables.keySet());
    sources.removeIf(source -> targets(source).isEmpty());
    return sources;
  }

  /** The tables of the lake that are made of a source. */
  public List<Table> targets(String source) {
    return mapping.targets().entrySet().stream()
        .filter(target -> target.getValue().source().equals(source))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Most rows, as a share, that may be missing from a source; empty where that is not asked. */
  public Optional<Double> missingAtMost(String source) {
    return tables.get(source).removed().missingAtMost();
  }

  /** The same as long as a row of the source is read and converted in the same way. */
  public String digest(String source) {
    SourceTable table = tables.get(source);
    StringBuilder text = new StringBuilder();
    text.append(database.timeZone())
        .append(table.table())
        .append(table.watermark().map(SourceTable.Watermark::column))
        .append(table.removed().where())
        .append(table.columns())
        .append(table.derived());
    targets(source).forEach(t -> text.append(t).append(mapping.targets().get(t)));
    return DigestUtils.sha256Hex(text.toString());
  }

  SourceTable table(String source) {
    return tables.get(source);
  }

  PosException wrong(String key, String what, String remedy) {
    return mapping.wrong(key, what, remedy);
  }
}
