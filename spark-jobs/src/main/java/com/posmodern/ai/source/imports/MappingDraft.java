package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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
 * Looks at files and drafts a mapping: what they most likely are, for a person to read and correct.
 * No value stands in a draft, as it may be a person's.
 */
public final class MappingDraft {
  private static final int BYTES_LOOKED_AT = 1 << 20;
  private static final int ROWS_LOOKED_AT = 2_000;

  private static final Set<String> NULL_WORDS =
      Set.of("NULL", "null", "NA", "N/A", "n/a", "nan", "NaN", "None", "\\N", "#N/A", "-");

  /** Words of headers, English and Portuguese first, by the column they may be. */
  private static final Map<String, List<String>> CANDIDATES = new LinkedHashMap<>();

  static {
    CANDIDATES.put(
        "sale_id",
        List.of(
            "receipt",
            "invoice",
            "basket",
            "transaction",
            "sale",
            "ticket",
            "cupom",
            "nota",
            "venda",
            "pedido",
            "order",
            "beleg",
            "bon"));
    CANDIDATES.put("line_no", List.of("line", "linha", "item", "zeile", "seq", "position"));
    CANDIDATES.put("store_id", List.of("store", "shop", "loja", "filial", "branch", "tienda"));
    CANDIDATES.put(
        "product_id",
        List.of(
            "product", "sku", "ean", "gtin", "stock", "article", "artikel", "produto", "plu",
            "barcode", "codigo"));
    CANDIDATES.put(
        "customer_id",
        List.of("customer", "household", "client", "cliente", "cpf", "member", "card", "kunde"));
    CANDIDATES.put(
        "sold_at",
        List.of("sold", "date", "data", "time", "timestamp", "datum", "fecha", "hora", "day"));
    CANDIDATES.put(
        "quantity", List.of("quantity", "qty", "qtd", "quantidade", "units", "menge", "anzahl"));
    CANDIDATES.put("unit_price", List.of("price", "preco", "valor", "preis", "precio", "amount"));
    CANDIDATES.put("discount", List.of("discount", "desconto", "disc", "rabatt"));
    CANDIDATES.put("product_name", List.of("description", "descricao", "name", "nome", "produto"));
    CANDIDATES.put("category", List.of("category", "categoria", "grupo", "group", "department"));
  }

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
    line("# A draft of what was seen in the first rows: read every line, mend what is wrong, then");
    line("#   scripts/import --mapping THIS.yaml --input … --dry-run");
    line("# conf/import/README.md says what each key means.");
    line("description: TODO");
    line("");
    line("sources:");
    Map<String, List<DraftColumn>> sources = new LinkedHashMap<>();
    for (String input : inputs) {
      SourceFiles files = SourceFiles.find(hadoop, "suggest", input);
      String name = sourceName(input, sources.keySet());
      line("  %s:    # --input %s=%s".formatted(name, name, input));
      try {
        sources.put(name, files.parquet() ? parquet(files) : text(files.files().get(0)));
      } catch (IOException e) {
        throw OpenFile.broken(files.files().get(0).name(), String.valueOf(e.getMessage()));
      }
      line("    derived: {}");
    }
    line("");
    line("targets:");
    sources.forEach(this::target);
  }

  private static String sourceName(String input, Set<String> taken) {
    String file = input.replaceFirst("/+$", "").replaceFirst(".*/", "").replaceFirst("[.].*", "");
    String name = new DraftColumn(file.isEmpty() ? "source" : file, List.of()).name();
    return taken.contains(name) ? name + "_" + (taken.size() + 1) : name;
  }

  private List<DraftColumn> text(SourceFile file) throws IOException {
    String encoding = encoding(file);
    List<String> lines = lines(file, encoding);
    String delimiter = delimiter(lines);
    int width = commonWidth(lines, delimiter);
    int skipped = 0;
    while (skipped < lines.size() - 1 && !isHeader(lines.get(skipped), delimiter, width)) {
      skipped++;
    }
    boolean separatorLine = skipped == 1 && TextRecords.separatorLine(lines.get(0)) != null;
    CsvFormat format =
        format(charset(encoding), delimiter, separatorLine ? 0 : skipped, ".", List.of());
    List<List<String>> rows = rows(file, format);
    if (rows.isEmpty()) {
      throw PosException.badData("the file has no line", file.name(), "Export it again.");
    }
    Set<String> nullWords = new TreeSet<>();
    List<DraftColumn> columns = columns(rows, nullWords);
    boolean comma = columns.stream().anyMatch(DraftColumn::hasComma);
    line("    csv:");
    line("      delimiter: %s".formatted(quoted(delimiter.equals("\t") ? "\\t" : delimiter)));
    line("      quote: '\"'");
    line("      escape: '\"'");
    line(
        "      encoding: %s%s"
            .formatted(
                encoding,
                encoding.equals("windows-1252")
                    ? "    # no UTF-8; of the older encodings the likeliest"
                    : ""));
    line("      header: []    # the first line");
    if (format.skipLines() > 0) {
      line("      skip_lines: %d    # above the header".formatted(format.skipLines()));
    }
    line("      multi_line: false");
    line("      decimal_separator: %s".formatted(quoted(comma ? "," : ".")));
    line("      thousands_separator: %s".formatted(quoted(thousands(columns, comma))));
    line(
        "      null_words: [%s]"
            .formatted(String.join(", ", nullWords.stream().map(MappingDraft::quoted).toList())));
    line("    columns:");
    columns.forEach(this::column);
    return columns;
  }

  private static CsvFormat format(
      String encoding, String delimiter, int skip, String decimal, List<String> nullWords) {
    return new CsvFormat(
        delimiter, "\"", "\"", encoding, List.of(), skip, false, decimal, "", nullWords);
  }

  private static String thousands(List<DraftColumn> columns, boolean comma) {
    return comma
            && columns.stream()
                .anyMatch(c -> c.hasComma() && c.values().stream().anyMatch(v -> v.contains(".")))
        ? "."
        : "";
  }

  private String encoding(SourceFile file) throws IOException {
    byte[] first;
    try (InputStream bytes = OpenFile.bytes(hadoop, file)) {
      first = bytes.readNBytes(BYTES_LOOKED_AT);
    }
    try (InputStream bytes = new java.io.ByteArrayInputStream(first)) {
      Decoding decoding = Decoding.of(bytes, Decoding.AUTO, file.name());
      if (decoding.markLength() > 0) {
        return "auto    # a byte order mark of " + decoding.charset();
      }
    } catch (PosException wide) {
      return wide.getMessage().contains("UTF-16LE") ? "UTF-16LE" : "UTF-16BE";
    }
    try {
      int whole = first.length < BYTES_LOOKED_AT ? first.length : lastLine(first);
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(first, 0, whole));
      return "UTF-8";
    } catch (CharacterCodingException e) {
      return "windows-1252";
    }
  }

  private static int lastLine(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static String charset(String encoding) {
    return encoding.replaceFirst(" .*", "");
  }

  private List<String> lines(SourceFile file, String encoding) throws IOException {
    List<String> lines = new ArrayList<>();
    // A delimiter that no file has: each record is a line.
    CsvFormat raw =
        new CsvFormat(
            "\u0000",
            "\u0001",
            "\u0001",
            charset(encoding),
            List.of(),
            0,
            false,
            ".",
            "",
            List.of());
    try (InputStream bytes = OpenFile.bytes(hadoop, file);
        Records records =
            new TextRecords(bytes, Decoding.of(bytes, raw.encoding(), file.name()), raw)) {
      for (SourceRecord record = records.next();
          record != null && lines.size() < 100;
          record = records.next()) {
        lines.add(record.fault() == null ? record.fields().get(0) : record.text());
      }
    } catch (TextRecords.SeparatorException e) {
      // The line that names the separator says more than any look at the others.
      return List.of(e.getMessage().replaceFirst(".*sep=", "sep="));
    }
    return lines;
  }

  private static String delimiter(List<String> lines) {
    if (lines.size() == 1 && lines.get(0).startsWith("sep=")) {
      return lines.get(0).substring(4);
    }
    return List.of(";", "\t", "|", ",").stream()
        .max(Comparator.comparingLong(delimiter -> likelihood(lines, delimiter)))
        .orElse(",");
  }

  /** Lines of the commonest width, where that is no single field. */
  private static long likelihood(List<String> lines, String delimiter) {
    int width = commonWidth(lines, delimiter);
    return width < 2
        ? 0
        : lines.stream().filter(line -> width(line, delimiter) == width).count() * 1_000 + width;
  }

  private static int commonWidth(List<String> lines, String delimiter) {
    Map<Integer, Integer> widths = new LinkedHashMap<>();
    lines.forEach(line -> widths.merge(width(line, delimiter), 1, Integer::sum));
    // A title may be as frequent as the rows of a short file.
    return widths.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(1);
  }

  /** As wide as the rows, and most of its fields are names. */
  private static boolean isHeader(String line, String delimiter, int width) {
    RecordParser parser = new RecordParser(format("UTF-8", delimiter, 0, ".", List.of()));
    parser.parse(line);
    long names = parser.fields().stream().filter(field -> !field.isBlank()).count();
    return parser.fields().size() == width && names * 2 > width;
  }

  private static int width(String line, String delimiter) {
    return new RecordParser(format("UTF-8", delimiter, 0, ".", List.of())).literalCount(line);
  }

  private List<List<String>> rows(SourceFile file, CsvFormat written) throws IOException {
    CsvFormat format =
        new CsvFormat(
            written.delimiter(),
            "\"",
            "\"",
            charset(written.encoding()),
            List.of(),
            written.skipLines(),
            false,
            ".",
            "",
            List.of());
    List<List<String>> rows = new ArrayList<>();
    try (Records records = TextHeaders.open(hadoop, file, format)) {
      for (SourceRecord record = records.next();
          record != null && rows.size() < ROWS_LOOKED_AT;
          record = records.next()) {
        if (record.fault() == null) {
          rows.add(record.fields().stream().map(Invisible::strip).toList());
        }
      }
    }
    return rows;
  }

  private static List<DraftColumn> columns(List<List<String>> rows, Set<String> nullWords) {
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
      line(begin + "type: %s}".formatted(isKey(column) ? "string" : "int"));
    } else if (column.isDecimal() && !isKey(column)) {
      line(begin + "type: \"decimal(12,%d)\"}".formatted(column.scale()));
    } else {
      line(begin + "type: string}" + (column.values().isEmpty() ? "    # no value was seen" : ""));
    }
  }

  private static boolean isKey(DraftColumn column) {
    return CANDIDATES.entrySet().stream()
        .filter(candidate -> candidate.getKey().endsWith("_id"))
        .anyMatch(candidate -> column.words().anyMatch(candidate.getValue()::contains));
  }

  private List<DraftColumn> parquet(SourceFiles files) throws IOException {
    line("    # Parquet has types of its own: of csv only null_words counts.");
    line(
        "    csv: {delimiter: \",\", quote: '\"', escape: '\"', encoding: UTF-8, header: [], multi_line: false, decimal_separator: \".\", thousands_separator: \"\", null_words: []}");
    line("    columns:");
    List<DraftColumn> columns = new ArrayList<>();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(files.files().get(0).path(), hadoop))) {
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
    if (!type.isPrimitive() || isKey(column)) {
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
    boolean sales = candidate("quantity", columns) != null && candidate("sold_at", columns) != null;
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
      String found = candidate(name, columns);
      line(
          "      %s: %s"
              .formatted(name, found == null ? "TODO    # no column looks like it" : found));
    }
    if (sales) {
      String line = candidate("line_no", columns);
      line(
          "      line_no: "
              + (line == null
                  ? "{line_number: {within: [sale_id], order_by: [product_id, quantity, unit_price]}}"
                  : line));
      String discount = candidate("discount", columns);
      line("      discount: " + (discount == null ? "{constant: 0}" : discount));
      line("      channel: {constant: store}    # store, online or delivery");
    } else {
      line("      department: {constant: UNKNOWN}");
    }
  }

  private static String candidate(String target, List<DraftColumn> columns) {
    for (String word : CANDIDATES.get(target)) {
      for (DraftColumn column : columns) {
        if (column.words().anyMatch(word::equals)) {
          return column.name();
        }
      }
    }
    return null;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
