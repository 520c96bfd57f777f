package com.posmodern.ai.source.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.ExternalPrograms;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated exports, {@code -Dfuzz.inputs} of them (2,000) by {@code -Dfuzz.seed}: each is refused in
 * one line, or its rows are accepted as an independent reader reads them, or quarantined.
 */
@Tag("external")
class ImportFuzzTest {
  private static final String MAPPING =
      """
      description: fuzz
      sources:
        sales:
          csv: {delimiter: ",", quote: '"', escape: '"', encoding: auto, header: [], multi_line: true, decimal_separator: ".", thousands_separator: "", null_words: [NULL]}
          columns:
            receipt: {from: receipt, type: string}
            line: {from: line, type: int}
            store: {from: store, type: string}
            product: {from: product, type: string}
            sold_at: {from: sold_at, type: timestamp, formats: "yyyy-MM-dd HH:mm:ss", time_zone: UTC}
            quantity: {from: quantity, type: "decimal(12,3)"}
            price: {from: price, type: "decimal(12,2)"}
          derived: {}
      targets:
        sales_lines:
          source: sales
          one_row_per_key: false
          rules: {}
          columns: {sale_id: receipt, line_no: line, store_id: store, product_id: product, sold_at: sold_at, quantity: quantity, unit_price: price, discount: {constant: 0}, channel: {constant: store}}
      """;

  private static final List<String> TOKENS =
      List.of(
          "\"",
          "\"\"",
          ",",
          ";",
          "\t",
          "\r",
          "\n",
          "\r\n",
          "\u0000",
          "\u001A",
          "\u00A0",
          "\u200B",
          "\uFEFF",
          "\uFFFD",
          "é",
          "😀",
          "#N/A",
          "NULL",
          "nan",
          "1E5",
          "7.891E+12",
          "7.891000315507E12",
          "17850.0",
          "1.234,50",
          "0.30000000000000004",
          "12.345",
          "-1",
          "",
          "2025-02-30 10:00:00",
          "03/04/2025",
          "2025-03-03",
          "45719.5",
          "=1+1",
          "'",
          "\\",
          "--");

  @TempDir Path folder;

  @Test
  void everyInputIsReadAsPythonReadsItOrRefused() throws IOException, InterruptedException {
    int inputs = Integer.getInteger("fuzz.inputs", 2_000);
    Random random = new Random(Long.getLong("fuzz.seed", 20L));
    Path all = Files.createDirectory(folder.resolve("all"));
    Path read = Files.createDirectory(folder.resolve("read"));
    ImportMapping mapping =
        ImportMapping.read(Files.writeString(folder.resolve("m.yaml"), MAPPING));
    TextHeaders headers = new TextHeaders(new Configuration(), mapping, "sales");
    Set<String> untouched = new HashSet<>();
    int refused = 0;
    for (int i = 0; i < inputs; i++) {
      boolean whole = i % 10 == 0;
      Path file = all.resolve("f%05d.csv".formatted(i));
      Files.write(file, whole ? export(i, untouched) : mutated(export(i, new HashSet<>()), random));
      if (isRefused(file, headers)) {
        assertThat(whole).isFalse();
        refused++;
      } else {
        Files.copy(file, read.resolve(file.getFileName()));
      }
    }
    Set<String> expected = new HashSet<>(pythonReading(read));
    assertThat(expected).containsAll(untouched);
    try (Conversion conversion =
        Importer.convert(SparkTest.session(), mapping, Map.of("sales", read.toString()))) {
      ConvertedTable sales = conversion.tables().get(0);
      assertThat(sales.table()).isEqualTo(Table.SALES_LINES);
      List<String> accepted =
          sales
              .accepted()
              .selectExpr(
                  "concat_ws('|', sale_id, line_no, store_id, product_id,"
                      + " date_format(sold_at, 'yyyy-MM-dd HH:mm:ss'), quantity, unit_price)")
              .collectAsList()
              .stream()
              .map(row -> row.getString(0).replace('\n', ' '))
              .toList();
      assertThat(expected).containsAll(accepted);
      assertThat(accepted).containsAll(untouched).hasSize((int) sales.counts().accepted());
      assertThat(sales.quarantined().count()).isEqualTo(sales.counts().quarantined());
      assertThat(sales.counts().rowsIn())
          .isEqualTo(sales.counts().accepted() + sales.counts().quarantined());
      // Refusing all would be easy: most rows of mutated files are sound.
      assertThat(sales.counts().accepted()).isGreaterThan(inputs * 2L);
      assertThat(refused).isLessThan(inputs / 2);
    }
  }

  /**
   * Whether the file is refused before any of its rows is read, in one line with the right code.
   */
  private static boolean isRefused(Path file, TextHeaders headers) {
    try {
      SourceFiles found = SourceFiles.find(new Configuration(), "sales", file.toString());
      found.files().forEach(headers::layout);
      return false;
    } catch (PosException e) {
      assertThat(e.getMessage().lines()).hasSize(1);
      assertThat(e.exitCode()).isIn(ExitCode.USAGE, ExitCode.BAD_DATA);
      return true;
    }
  }

  private static byte[] export(int file, Set<String> rows) {
    StringBuilder text = new StringBuilder("receipt,line,store,product,sold_at,quantity,price\n");
    for (int i = 1; i <= 4; i++) {
      String receipt = "F%05d-R%d".formatted(file, i);
      String product = "7%012d".formatted(file * 10L + i);
      text.append(
          "%s,1,S%02d,%s,2025-03-03 10:0%d:00,%d.5,3.%02d\n"
              .formatted(receipt, file % 7, product, i, i, file % 100));
      rows.add(
          "%s|1|S%02d|%s|2025-03-03 10:0%d:00|%d.500|3.%02d"
              .formatted(receipt, file % 7, product, i, i, file % 100));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] mutated(byte[] export, Random random) {
    String text = new String(export, StandardCharsets.UTF_8);
    for (int i = random.nextInt(3); i >= 0; i--) {
      text = mutated(text, random);
    }
    byte[] bytes =
        switch (random.nextInt(8)) {
          case 0 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
          case 1 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
          case 2 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
          case 3 -> text.getBytes(StandardCharsets.ISO_8859_1);
          default -> text.getBytes(StandardCharsets.UTF_8);
        };
    if (random.nextInt(4) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    String token = TOKENS.get(random.nextInt(TOKENS.size()));
    return switch (random.nextInt(9)) {
      case 0 -> text.substring(0, at) + token + text.substring(at);
      case 1 -> text.replace("\n", "\r\n");
      case 2 -> text.replace('\n', '\r');
      case 3 -> text.substring(0, at);
      case 4 -> text.replaceFirst("S0", token + "S0");
      case 5 -> field(text, random, token);
      case 6 -> field(text, random, "\"" + token);
      case 7 -> text.replaceFirst("store,product", "PRODUCT , Store");
      default -> field(text, random, "\"a\nb\"");
    };
  }

  /** Another value for one field of one row. */
  private static String field(String text, Random random, String value) {
    String[] lines = text.split("\n", -1);
    int line = random.nextInt(lines.length);
    String[] fields = lines[line].split(",", -1);
    fields[random.nextInt(fields.length)] = value;
    lines[line] = String.join(",", fields);
    return String.join("\n", lines);
  }

  private static List<String> pythonReading(Path inputs) throws IOException, InterruptedException {
    ExternalPrograms.starting("python3");
    Path script = Path.of("src", "test", "resources", "import", "fuzz_reading.py");
    Path out = inputs.resolveSibling("python.txt");
    int code =
        new ProcessBuilder("python3", script.toString(), inputs.toString())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    assertThat(code).isZero();
    return Files.readAllLines(out);
  }
}
