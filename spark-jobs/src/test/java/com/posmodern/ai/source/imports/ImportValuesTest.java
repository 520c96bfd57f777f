package com.posmodern.ai.source.imports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values as other programs leave them: each is read right, or refused with its reason. */
class ImportValuesTest {
  private static final String MAPPING =
      """
      description: values
      sources:
        sales:
          csv: {delimiter: ",", quote: '"', escape: '"', encoding: UTF-8, header: [], multi_line: true, decimal_separator: ".", thousands_separator: "", null_words: [NULL]}
          columns:
            receipt: {from: receipt, type: string}
            line: {from: line, type: int}
            store: {from: store, type: string}
            product: {from: product, type: string, literals: [NA]}
            customer: {from: customer, type: string, optional: true}
            sold_at: {from: sold_at, type: timestamp, formats: FORMATS, time_zone: America/Sao_Paulo}
            quantity: {from: quantity, type: "decimal(12,3)"}
            price: {from: price, type: "decimal(12,2)"}
          derived: {}
      targets:
        sales_lines:
          source: sales
          one_row_per_key: false
          rules: {}
          columns: {sale_id: receipt, line_no: line, store_id: store, product_id: product, customer_id: customer, sold_at: sold_at, quantity: quantity, unit_price: price, discount: {constant: 0}, channel: {constant: store}}
      """;
  private static final String HEADER =
      "receipt,line,store,product,customer,sold_at,quantity,price\n";

  @TempDir Path folder;

  @Test
  void everyValueIsReadRightOrRefusedWithItsReason() throws IOException {
    Map<String, String> outcomes = new LinkedHashMap<>();
    StringBuilder rows = new StringBuilder(HEADER);
    String[][] cases = {
      // receipt, line, store, product, customer, sold_at, quantity, price → outcome
      {"1", "S1", "A", "", "2025-03-03 10:00:00", "1.250", "3.99", "S1|A|null|13:00|1.250|3.99"},
      {
        "1.0",
        "101.0",
        "7891000315507.0",
        "17850.0",
        "2025-03-03 10:00:00",
        "2.0",
        "4.00",
        "101|7891000315507|17850|13:00|2.000|4.00"
      },
      {
        "1",
        "S1",
        "7.891000315507E12",
        "NULL",
        "2025-03-03 10:00:00",
        "1E1",
        "4",
        "S1|7891000315507|null|13:00|10.000|4.00"
      },
      {
        "1",
        "S1",
        "NA",
        "",
        "2025-03-03 10:00:00",
        "1",
        "0.30000000000000004",
        "S1|NA|null|13:00|1.000|0.30"
      },
      {"1", "S1", "1E5", "", "2025-03-03 10:00:00", "1", "4", "S1|1E5|null|13:00|1.000|4.00"},
      {
        "1",
        "\u00A0S1\u200B",
        "\u3000A\t",
        "",
        "2025-03-03 10:00:00 ",
        " 1 ",
        "4",
        "S1|A|null|13:00|1.000|4.00"
      },
      {"1", "S1", "007", "", "2025-03-03 10:00:00", "1", "4", "S1|007|null|13:00|1.000|4.00"},
      {"1", "S1", "7.891E+12", "", "2025-03-03 10:00:00", "1", "4", "product_scientific_notation"},
      {"1", "S1", "#N/A", "", "2025-03-03 10:00:00", "1", "4", "product_spreadsheet_error"},
      {"1", "S1", "#VALOR!", "", "2025-03-03 10:00:00", "1", "4", "product_spreadsheet_error"},
      {"1", "S1", "#####", "", "2025-03-03 10:00:00", "1", "4", "product_spreadsheet_error"},
      {"1", "S1", "nan", "", "2025-03-03 10:00:00", "1", "4", "product_looks_empty"},
      {"1", "NA", "A", "", "2025-03-03 10:00:00", "1", "4", "store_looks_empty"},
      {"1", "S1", "A\u200B1", "", "2025-03-03 10:00:00", "1", "4", "product_invisible_character"},
      {"1", "S1", "A\u00001", "", "2025-03-03 10:00:00", "1", "4", "product_invisible_character"},
      {"1", "S1", "A\uFFFD", "", "2025-03-03 10:00:00", "1", "4", "undecodable_text"},
      {"1", "S1", "A", "", "2025-03-03 10:00:00", "1.2505", "4", "quantity_too_many_decimals"},
      {"1.5", "S1", "A", "", "2025-03-03 10:00:00", "1", "4", "line_too_many_decimals"},
      {"1", "S1", "A", "", "2025-03-03 10:00:00", "1,5", "4", "malformed_line"},
      {"1", "S1", "A", "", "2025-03-03 10:00:00", "1", "R$ 4", "price_unreadable"},
      {"1", "S1", "A", "", "2025-03-03 10:00:00", "1", "NaN", "price_unreadable"},
      {"1", "S1", "A", "", "2025-02-30 10:00:00", "1", "4", "sold_at_unreadable"},
      {"1", "S1", "A", "", "45719.41666", "1", "4", "sold_at_unreadable"},
      // Clocks went forward at midnight of this day, and back at that of the other.
      {"1", "S1", "A", "", "2018-11-04 00:30:00", "1", "4", "sold_at_in_clock_gap"},
      {"1", "S1", "A", "", "2018-02-17 23:30:00", "1", "4", "S1|A|null|01:30|1.000|4.00"},
    };
    for (int i = 0; i < cases.length; i++) {
      String[] row = cases[i];
      rows.append("R%02d,".formatted(i)).append(String.join(",", List.of(row).subList(0, 7)));
      rows.append('\n');
      outcomes.put("R%02d".formatted(i), row[7]);
    }
    Path file = Files.writeString(folder.resolve("sales.csv"), rows);
    try (Conversion conversion = convert("[\"yyyy-MM-dd HH:mm:ss\"]", file)) {
      ConvertedTable sales = conversion.tables().get(0);
      assertThat(outcomes(sales)).containsExactlyInAnyOrderEntriesOf(outcomes);
      assertThat(sales.counts().rowsIn()).isEqualTo(cases.length);
      assertThat(sales.counts().notes()).containsOnly(entry("sold_at_in_repeated_hour", 1L));
      assertThat(sales.counts().summary()).contains("taken as the first one");
    }
  }

  @Test
  void daysThatTwoFormatsReadDifferentlyAndYearsOfTwoDigits() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dates.csv"),
            HEADER
                + "R1,1,S1,A,,13/03/2025 10:00,1,4\n"
                + "R2,1,S1,A,,03/13/2025 10:00,1,4\n"
                + "R3,1,S1,A,,03/04/2025 10:00,1,4\n"
                + "R4,1,S1,A,,05/05/2025 10:00,1,4\n");
    try (Conversion conversion = convert("[\"dd/MM/yyyy HH:mm\", \"MM/dd/yyyy HH:mm\"]", file)) {
      assertThat(outcomes(conversion.tables().get(0)))
          .containsEntry("R1", "S1|A|null|13:00|1.000|4.00")
          .containsEntry("R2", "S1|A|null|13:00|1.000|4.00")
          .containsEntry("R3", "sold_at_ambiguous_date")
          .containsEntry("R4", "S1|A|null|13:00|1.000|4.00");
    }
    // A format that fits some of the days by chance has read the others wrongly.
    assertThatThrownBy(() -> convert("[\"dd/MM/yyyy HH:mm\"]", file).close())
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("sources.sales.columns.sold_at.formats")
        .hasMessageContaining("day and month in each other's place")
        .hasMessageContaining("03/13/2025");
    Path years =
        Files.writeString(
            folder.resolve("years.csv"),
            HEADER + "R1,1,S1,A,,01/02/79 10:00,1,4\nR2,1,S1,A,,01/02/80 10:00,1,4\n");
    try (Conversion conversion = convert("\"dd/MM/yy HH:mm\", two_digit_years_from: 1980", years)) {
      assertThat(conversion.tables().get(0).accepted().selectExpr("year(sold_at)").collectAsList())
          .extracting(row -> row.getInt(0))
          .containsExactlyInAnyOrder(2079, 1980);
    }
  }

  @Test
  void parquetOfOtherProgramsIsReadByWhatItMeans() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary receipt (STRING); required int64 line;"
                + " required double store; required double product; optional double customer;"
                + " required int64 sold_at (TIMESTAMP(NANOS,false)); required float quantity;"
                + " required double price; }");
    Path file = folder.resolve("sem extensão maio");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path("file", null, file.toString()))
            .withConf(new Configuration())
            .withType(schema)
            .build()) {
      SimpleGroupFactory groups = new SimpleGroupFactory(schema);
      long ten = 1_740_996_000_123_456_789L;
      writer.write(
          groups
              .newGroup()
              .append("receipt", "R1")
              .append("line", 1L)
              .append("store", 101.0)
              .append("product", 7_891_000_315_507.0)
              .append("customer", Double.NaN)
              .append("sold_at", ten)
              .append("quantity", 1.25f)
              .append("price", 0.1 + 0.2));
      writer.write(
          groups
              .newGroup()
              .append("receipt", "R2")
              .append("line", 1L)
              .append("store", 102.0)
              .append("product", 123_456_789_012_345_664.0)
              .append("customer", 17850.0)
              .append("sold_at", ten)
              .append("quantity", 1f)
              .append("price", 12.345));
    }
    try (Conversion conversion = convert("[\"yyyy-MM-dd HH:mm:ss\"]", file)) {
      ConvertedTable sales = conversion.tables().get(0);
      assertThat(outcomes(sales))
          .containsEntry("R1", "101|7891000315507|null|13:00|1.250|0.30")
          .containsEntry("R2", "price_too_many_decimals,product_lost_digits");
      assertThat(sales.files()).allMatch(name -> name.endsWith("sem extensão maio"));
      assertThat(sales.quarantined().head().<String>getAs("row_json"))
          .contains("sem extensão maio\"")
          .contains("\"row_in_file\":2")
          .contains("\"customer\":\"***\"");
    }
  }

  @Test
  void filesOfAllKindsInPartitionedFolders() throws IOException {
    String header = HEADER.replace(",store", "");
    String row = ",1,A,,2025-03-03 10:00:00,1,4\n";
    Path first = Files.createDirectories(folder.resolve("in/STORE=S%3A1/year=2025"));
    Path second = Files.createDirectories(folder.resolve("in/STORE=0042/year=2025"));
    Files.writeString(first.resolve("a: b.csv"), header + "R1" + row);
    Files.writeString(first.resolve("c.csv.done"), "");
    Files.writeString(first.resolve("header only.csv"), header);
    Files.writeString(folder.resolve("in/_SUCCESS"), "");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(second.resolve("e.Zip")))) {
      for (String entry : List.of("x/1.csv", "__MACOSX/1.csv", "x/2.csv")) {
        zip.putNextEntry(new ZipEntry(entry));
        String text = entry.startsWith("_") ? "\u0000" : header + entry + row;
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    try (var gzip =
        new java.util.zip.GZIPOutputStream(Files.newOutputStream(second.resolve("d.CSV.GZ")))) {
      gzip.write((header + "R2" + row).getBytes(StandardCharsets.UTF_8));
    }
    try (Conversion conversion = convert("[\"yyyy-MM-dd HH:mm:ss\"]", folder.resolve("in"))) {
      assertThat(outcomes(conversion.tables().get(0)))
          .containsOnly(
              entry("R1", "S:1|A|null|13:00|1.000|4.00"),
              entry("R2", "0042|A|null|13:00|1.000|4.00"),
              entry("x/1.csv", "0042|A|null|13:00|1.000|4.00"),
              entry("x/2.csv", "0042|A|null|13:00|1.000|4.00"));
    }
  }

  @Test
  void aFolderThatSaysOtherwiseThanItsFileCostsTheRows() throws IOException {
    String header = HEADER.replace("line,", "LINE,");
    Files.createDirectories(folder.resolve("in/store=S1/line=01"));
    Files.createDirectories(folder.resolve("in/store=S2/line=01"));
    String row = ",1,S1,A,,2025-03-03 10:00:00,1,4\n";
    Files.writeString(folder.resolve("in/store=S1/line=01/a.csv"), header + "R1" + row);
    Files.writeString(folder.resolve("in/store=S2/line=01/a.csv"), header + "R2" + row);
    try (Conversion conversion = convert("[\"yyyy-MM-dd HH:mm:ss\"]", folder.resolve("in"))) {
      assertThat(outcomes(conversion.tables().get(0)))
          .containsOnly(
              entry("R1", "S1|A|null|13:00|1.000|4.00"), entry("R2", "folder_says_otherwise"));
    }
  }

  @Test
  void parquetInPartitionedFoldersIsReadAsTextIs() throws IOException {
    String columns =
        "required binary receipt (STRING); required int64 line; required binary product (STRING);"
            + " required int64 sold_at (TIMESTAMP(MICROS,false)); required double quantity;"
            + " required double price; ";
    writeParquet("in/store=S%2F1/a.parquet", columns, "R1", null);
    writeParquet("in/store=S2/b.parquet", columns + "required int32 STORE;", "R2", 2);
    writeParquet("in/store=02/c.parquet", columns + "required int32 STORE;", "R3", 2);
    try (Conversion conversion =
        convert("[\"yyyy-MM-dd HH:mm:ss\"]", folder.resolve("in/store=S%2F1"))) {
      assertThat(outcomes(conversion.tables().get(0)))
          .containsOnly(entry("R1", "S/1|A|null|13:00|1.000|4.00"));
    }
    try (Conversion conversion =
        convert("[\"yyyy-MM-dd HH:mm:ss\"]", folder.resolve("in/store=*2"))) {
      assertThat(outcomes(conversion.tables().get(0)))
          .containsOnly(
              entry("R2", "folder_says_otherwise"), entry("R3", "2|A|null|13:00|1.000|4.00"));
    }
    writeParquet("in/store=S3/d", columns + "required double STORE;", "R4", 2.0);
    assertThatThrownBy(() -> convert("yyyy-MM-dd", folder.resolve("in/store=*[23]")).close())
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("column STORE is double here and int in")
        .hasMessageContaining("store=S3/d");
  }

  /** One row of a sale. */
  private void writeParquet(String name, String columns, String receipt, Number store)
      throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + columns + " }");
    Group row =
        new SimpleGroupFactory(schema)
            .newGroup()
            .append("receipt", receipt)
            .append("line", 1L)
            .append("product", "A")
            .append("sold_at", 1_740_996_000_000_000L)
            .append("quantity", 1.0)
            .append("price", 4.0);
    if (store instanceof Integer whole) {
      row.append("STORE", whole);
    } else if (store != null) {
      row.append("STORE", store.doubleValue());
    }
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path("file", null, file.toString()))
            .withConf(new Configuration())
            .withType(schema)
            .build()) {
      writer.write(row);
    }
  }

  @Test
  void filesThatAreNotReadAreOneLine() throws IOException {
    assertRefused("old.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0}, ".xls");
    assertRefused("a.bz2", "BZh91AY".getBytes(StandardCharsets.US_ASCII), "bzip2");
    assertRefused("a.zip", "PK\u0003\u0004cut".getBytes(StandardCharsets.US_ASCII), "a.zip");
    assertRefused("twice.zip", sameNameTwice(), "the archive holds a.csv more than once");
    assertRefused("a.csv", "\uFEFF\n\n".getBytes(StandardCharsets.UTF_8), "there are no rows");
    assertRefused("b.csv", HEADER.getBytes(StandardCharsets.UTF_8), "there are no rows");
    assertRefused(
        "title.csv",
        ("Report,,\n\n" + HEADER).getBytes(StandardCharsets.UTF_8),
        "the header is line 3. Add skip_lines: 2.");
    assertRefused(
        "semicolon.csv",
        HEADER.replace(',', ';').getBytes(StandardCharsets.UTF_8),
        "Is the delimiter right?");
    Path table = Files.createDirectories(folder.resolve("table/_delta_log"));
    Files.writeString(table.resolveSibling("part.parquet"), "x");
    assertThatThrownBy(() -> convert("yyyy-MM-dd", table.getParent()).close())
        .hasMessageContaining("is a Delta table");
    Path written = Files.createDirectories(folder.resolve("written/_temporary"));
    assertThatThrownBy(() -> convert("yyyy-MM-dd", written.getParent()).close())
        .hasMessageContaining("is being written");
  }

  private static byte[] sameNameTwice() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String entry : List.of("a.csv", "b.csv")) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write((HEADER + entry + ",1,S1,A,,2025-03-03 10:00:00,1,4\n").getBytes(UTF_8));
      }
    }
    return bytes.toString(ISO_8859_1).replace("b.csv", "a.csv").getBytes(ISO_8859_1);
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("growing.csv"), HEADER);
    SourceFiles found = SourceFiles.find(new Configuration(), "sales", file.toString());
    found.requireUnchanged(new Configuration());
    Files.writeString(file, HEADER + "R1");
    assertThatThrownBy(() -> found.requireUnchanged(new Configuration()))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("changed while it was read");
  }

  private void assertRefused(String name, byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    assertThatThrownBy(() -> convert("yyyy-MM-dd", file).close())
        .isInstanceOf(PosException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(message)
        .message()
        .satisfies(told -> assertThat(told.lines()).hasSize(1));
  }

  private Conversion convert(String formats, Path input) throws IOException {
    Path mapping =
        Files.writeString(folder.resolve("mapping.yaml"), MAPPING.replace("FORMATS", formats));
    return Importer.convert(
        SparkTest.session(), ImportMapping.read(mapping), Map.of("sales", input.toString()));
  }

  /** Receipt → its values, or why it was refused. */
  private static Map<String, String> outcomes(ConvertedTable sales) {
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (Row row :
        sales
            .accepted()
            .selectExpr(
                "sale_id",
                "concat_ws('|', store_id, product_id, coalesce(customer_id, 'null'),"
                    + " date_format(sold_at, 'HH:mm'), quantity, unit_price)")
            .collectAsList()) {
      assertThat(outcomes.put(row.getString(0), row.getString(1))).isNull();
    }
    for (Row row :
        sales
            .quarantined()
            .selectExpr(
                "coalesce(get_json_object(row_json, '$.receipt'),"
                    + " concat('R', lpad(get_json_object(row_json, '$.row_in_file') - 2, 2, '0')))",
                "array_join(array_sort(filter(reasons, r -> r NOT LIKE '%\\_present' AND r NOT LIKE"
                    + " '%\\_range' AND r NOT LIKE 'discount%' AND r NOT LIKE '%not_zero')), ',')")
            .collectAsList()) {
      assertThat(outcomes.put(row.getString(0), row.getString(1))).isNull();
    }
    return outcomes;
  }
}
