package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/**
 * Inspects files and drafts a mapping for a person to read and correct. A draft contains no values
 * from the files, because they may be personal.
 */
public final class MappingDraft {
  private static final Set<String> NULL_WORDS =
      Set.of("NULL", "null", "NA", "N/A", "n/a", "nan", "NaN", "None", "\\N", "#N/A", "-");

  private final Configuration hadoop = new Configuration();
  private final StringBuilder text = new StringBuilder();

  private MappingDraft() {}

  /**
   * A commented mapping file.
   *
   * @param inputs files, folders or globs, each a source
   * @throws PosException as an import's, for files that are not there or cannot be read
   */
  public static String of(List<String> inputs) {
    MappingDraft draft = new MappingDraft();
    draft.write(inputs);
    return draft.text.toString();
  }

  private void write(List<String> inputs) {
    line(
        "# A draft of what was seen in the first rows: read every line, correct what is wrong, then");
    line("#   scripts/import --mapping THIS.yaml --input … --dry-run");
    line("# conf/import/README.md says what each key means.");
    line("description: TODO");
    line("");
    line("sources:");
    Map<String, List<DraftColumn>> sources = new LinkedHashMap<>();
    for (String input : inputs) {
      SourceFiles files = SourceFiles.find(hadoop, "suggest", input);
      SourceFile first = files.files().get(0);
      try {
        if (files.workbooks()) {
          for (String sheet : Workbook.sheets(hadoop, first)) {
            source(input, sheet, sources, () -> sheet(first.part(sheet)));
          }
        } else {
          source(input, "", sources, () -> files.parquet() ? parquet(first) : text(first));
        }
      } catch (IOException e) {
        throw OpenFile.broken(first.name(), String.valueOf(e.getMessage()));
      }
    }
    line("");
    line("targets:");
    sources.forEach(this::target);
  }

  private interface ColumnReader {
    List<DraftColumn> look() throws IOException;
  }

  private void source(
      String input, String sheet, Map<String, List<DraftColumn>> sources, ColumnReader columns)
      throws IOException {
    String name = sourceName(input, sheet, sources.keySet());
    line("  %s:    # --input %s=%s".formatted(name, name, input));
    sources.put(name, columns.look());
    line("    derived: {}");
  }

  private static String sourceName(String input, String sheet, Set<String> taken) {
    String file = input.replaceFirst("/+$", "").replaceFirst(".*/", "").replaceFirst("[.].*", "");
    String of = sheet.isEmpty() ? file : file + " " + sheet;
    String name = new DraftColumn(of.isEmpty() ? "source" : of, List.of()).name();
    return taken.contains(name) ? name + "_" + (taken.size() + 1) : name;
  }

  private List<DraftColumn> text(SourceFile file) throws IOException {
    FileSample sample = TextSample.of(hadoop, file);
    CsvFormat format = sample.format();
    Set<String> nullWords = new TreeSet<>();
    List<DraftColumn> columns = columns(sample.rows(), file, nullWords);
    boolean comma = columns.stream().anyMatch(DraftColumn::hasComma);
    String delimiter = format.delimiter().equals("\t") ? "\\t" : format.delimiter();
    line("    csv:");
    line("      delimiter: %s".formatted(quoted(delimiter)));
    line("      quote: '\"'");
    line("      escape: '\"'");
    line(
        "      encoding: %s%s"
            .formatted(
                format.encoding(),
                sample.encodingNote().isEmpty() ? "" : "    # " + sample.encodingNote()));
    rest(format, comma ? "," : ".", thousands(columns, comma), nullWords);
    columns.forEach(this::column);
    return columns;
  }

  private List<DraftColumn> sheet(SourceFile file) throws IOException {
    FileSample sample = SheetSample.of(hadoop, file);
    Set<String> nullWords = new TreeSet<>();
    List<DraftColumn> columns = columns(sample.rows(), file, nullWords);
    line(
        "    # A workbook has numbers and dates of its own: formats and separators are for cells of text.");
    line("    csv:");
    line("      sheet: %s".formatted(quoted(file.entry())));
    line("      delimiter: \",\"");
    line("      quote: '\"'");
    line("      escape: '\"'");
    line("      encoding: UTF-8");
    rest(sample.format(), ".", "", nullWords);
    columns.forEach(this::column);
    return columns;
  }

  private void rest(CsvFormat format, String decimal, String thousands, Set<String> nullWords) {
    line("      header: []    # the first line");
    if (format.skipLines() > 0) {
      line("      skip_lines: %d    # above the header".formatted(format.skipLines()));
    }
    line("      multi_line: false");
    line("      decimal_separator: %s".formatted(quoted(decimal)));
    line("      thousands_separator: %s".formatted(quoted(thousands)));
    line(
        "      null_words: [%s]"
            .formatted(String.join(", ", nullWords.stream().map(MappingDraft::quoted).toList())));
    line("    columns:");
  }

  private static String thousands(List<DraftColumn> columns, boolean comma) {
    return comma
            && columns.stream()
                .anyMatch(c -> c.hasComma() && c.values().stream().anyMatch(v -> v.contains(".")))
        ? "."
        : "";
  }

  private static List<DraftColumn> columns(
      List<List<String>> rows, SourceFile file, Set<String> nullWords) {
    if (rows.isEmpty()) {
      throw PosException.badData("the file has no lines", file.name(), "Export it again.");
    }
    List<DraftColumn> columns = new ArrayList<>();
    List<String> header = rows.get(0);
    for (int i = 0; i < header.size(); i++) {
      List<String> values = new ArrayList<>();
      for (List<String> row : rows.subList(1, rows.size())) {
        String value = i < row.size() ? row.get(i) : "";
        if (NULL_WORDS.contains(value)) {
          nullWords.add(value);
        } else if (!value.isEmpty()) {
          values.add(value);
        }
      }
      columns.add(new DraftColumn(header.get(i), values));
    }
    return columns;
  }

  private void column(DraftColumn column) {
    if (column.header().isEmpty()) {
      return;
    }
    List<String> formats = column.formats();
    String begin = "      %s: {from: %s, ".formatted(column.name(), quoted(column.header()));
    if (!formats.isEmpty() && !column.isWhole()) {
      boolean time = formats.get(0).matches(".*[Hh].*");
      boolean offset = formats.get(0).contains("X");
      line(
          begin
              + (time ? "type: timestamp, " : "type: date, ")
              + "formats: [%s]"
                  .formatted(String.join(", ", formats.stream().map(MappingDraft::quoted).toList()))
              + (time && !offset ? ", time_zone: America/Sao_Paulo" : "")
              + (formats.get(0).contains("yyyy") ? "" : ", two_digit_years_from: 1980")
              + "}"
              + (time && !offset ? "    # CHECK the zone" : "")
              + (formats.size() > 1 ? "    # CHECK: day and month both fit, keep one format" : ""));
      return;
    }
    if (column.isWhole() && !column.isCode()) {
      line(begin + "type: %s}".formatted(HeaderWords.isKey(column) ? "string" : "int"));
    } else if (column.isDecimal() && !HeaderWords.isKey(column)) {
      line(begin + "type: \"decimal(12,%d)\"}".formatted(column.scale()));
    } else {
      line(begin + "type: string}" + (column.values().isEmpty() ? "    # no value was seen" : ""));
    }
  }

  private List<DraftColumn> parquet(SourceFile file) throws IOException {
    line("    # Parquet has types of its own: of csv only null_words counts.");
    line(
        "    csv: {delimiter: \",\", quote: '\"', escape: '\"', encoding: UTF-8, header: [], multi_line: false, decimal_separator: \".\", thousands_separator: \"\", null_words: []}");
    line("    columns:");
    List<DraftColumn> columns = new ArrayList<>();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), hadoop))) {
      for (Type type : reader.getFooter().getFileMetaData().getSchema().getFields()) {
        DraftColumn column = new DraftColumn(type.getName(), List.of());
        columns.add(column);
        line(
            "      %s: {from: %s, %s}"
                .formatted(column.name(), quoted(column.header()), parquetType(type, column)));
      }
    }
    return columns;
  }

  private static String parquetType(Type type, DraftColumn column) {
    String logical = String.valueOf(type.getLogicalTypeAnnotation()).toLowerCase(Locale.ROOT);
    if (logical.startsWith("timestamp")) {
      return "type: timestamp, formats: [\"yyyy-MM-dd HH:mm:ss\"], time_zone: America/Sao_Paulo";
    }
    if (logical.startsWith("date")) {
      return "type: date, formats: [\"yyyy-MM-dd\"]";
    }
    if (!type.isPrimitive() || HeaderWords.isKey(column)) {
      return "type: string";
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE, FLOAT -> "type: \"decimal(12,3)\"";
      case INT32, INT64 ->
          logical.startsWith("decimal") ? "type: \"decimal(12,2)\"" : "type: bigint";
      case BOOLEAN -> "type: boolean";
      default -> "type: string";
    };
  }

  private void target(String source, List<DraftColumn> columns) {
    boolean sales =
        HeaderWords.candidate("quantity", columns) != null
            && HeaderWords.candidate("sold_at", columns) != null;
    List<String> wanted =
        sales
            ? List.of(
                "sale_id",
                "store_id",
                "product_id",
                "customer_id",
                "sold_at",
                "quantity",
                "unit_price")
            : List.of("product_id", "product_name", "category");
    line(
        "  %s:    # CHECK the table: lake-schemas/source lists them"
            .formatted(sales ? "sales_lines" : "products"));
    line("    source: " + source);
    line("    one_row_per_key: false");
    line("    rules: {}");
    line("    columns:");
    for (String name : wanted) {
      String found = HeaderWords.candidate(name, columns);
      line(
          "      %s: %s"
              .formatted(name, found == null ? "TODO    # no column looks like it" : found));
    }
    if (sales) {
      String line = HeaderWords.candidate("line_no", columns);
      line(
          "      line_no: "
              + (line == null
                  ? "{line_number: {within: [sale_id], order_by: [product_id, quantity, unit_price]}}"
                  : line));
      String discount = HeaderWords.candidate("discount", columns);
      line("      discount: " + (discount == null ? "{constant: 0}" : discount));
      line("      channel: {constant: store}    # store, online or delivery");
    } else {
      line("      department: {constant: UNKNOWN}");
    }
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
