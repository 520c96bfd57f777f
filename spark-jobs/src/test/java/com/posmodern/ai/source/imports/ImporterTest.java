package com.posmodern.ai.source.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final Path MAPPINGS =
      Path.of(System.getProperty("repository.root"), "conf", "import");
  private static final Path ONLINE_RETAIL = MAPPINGS.resolve("online-retail-ii.yaml");
  private static final Path FILES = Path.of("src", "test", "resources", "import");
  private static final Path DECIMAL_COMMA = FILES.resolve("decimal-comma.yaml");

  private static Conversion onlineRetail;

  @TempDir Path folder;

  @BeforeAll
  static void convertOnlineRetail() {
    onlineRetail = convert(ONLINE_RETAIL, FILES.resolve("online-retail-ii.csv"));
  }

  @AfterAll
  static void close() {
    onlineRetail.close();
  }

  @Test
  void onlineRetailIsAccountedForLineByLine() {
    ConvertedTable sales = table(onlineRetail, Table.SALES_LINES);
    assertThat(sales.counts().rowsIn()).isEqualTo(16);
    assertThat(sales.counts().accepted()).isEqualTo(8);
    assertThat(sales.counts().quarantined()).isEqualTo(8);
    assertThat(sales.counts().reasons())
        .containsOnly(
            entry("is_product", 2L),
            entry("has_price", 1L),
            entry("invoice_date_unreadable", 1L),
            entry("sold_at_present", 1L),
            entry("quantity_not_zero", 2L),
            entry("quantity_present", 1L),
            entry("quantity_unreadable", 1L),
            entry("discount_within_price", 1L),
            entry("malformed_line", 2L));
    assertThat(lines(sales.accepted(), "sale_id", "line_no", "product_id", "quantity", "sold_at"))
        .containsExactlyInAnyOrder(
            "489434|1|79323P|12.000|2009-12-01 07:45:00",
            "489434|2|79323P|12.000|2009-12-01 07:45:00",
            "489434|3|85048|12.000|2009-12-01 07:45:00",
            "489435|1|85048|1.000|2010-07-01 08:00:00",
            "489436|1|22087|3.000|2010-07-02 08:00:00",
            "489436|2|85048|2.000|2010-07-02 08:00:00",
            "C489449|1|22087|-12.000|2010-07-03 09:33:00",
            "C489450|1|22087|-3.000|2010-07-03 09:44:00");
    assertThat(lines(sales.accepted().where("sale_id > '489434'"), "sale_id", "customer_id"))
        .contains("489435|null", "489436|16321", "C489449|16321");
    assertThat(sales.accepted().schema().fieldNames())
        .containsExactlyElementsOf(Contracts.of(Table.SALES_LINES).columnNames());
  }

  @Test
  void productsAndStoreComeOutOfTheSameFile() {
    ConvertedTable products = table(onlineRetail, Table.PRODUCTS);
    // The lines with a bad date or quantity still name their product.
    assertThat(lines(products.accepted(), "product_id", "product_name"))
        .containsExactlyInAnyOrder(
            "79323P|PINK CHERRY LIGHTS",
            "85048|15CM CHRISTMAS GLASS BALL 20 LIGHTS",
            "22087|PAPER BUNTING",
            "85123A|WHITE HANGING HEART");
    assertThat(products.counts().rowsIn()).isEqualTo(16);
    assertThat(products.counts().accepted()).isEqualTo(4);
    assertThat(products.counts().merged()).isEqualTo(7);
    assertThat(products.counts().quarantined()).isEqualTo(5);
    ConvertedTable stores = table(onlineRetail, Table.STORES);
    assertThat(lines(stores.accepted(), "store_id", "time_zone"))
        .containsExactly("online|Europe/London");
    assertThat(stores.counts().merged()).isEqualTo(13);
    assertThat(stores.counts().summary())
        .contains("16 rows in (transactions) = 1 accepted + 13 merged into them + 2 quarantined")
        .contains("malformed_line: 2");
  }

  @Test
  void quarantineKeepsWhatTheFileSaidButNobodysKey() {
    Dataset<Row> quarantined = table(onlineRetail, Table.SALES_LINES).quarantined();
    assertThat(quarantined.columns())
        .containsExactly("table_name", "reasons", "row_key", "row_json");
    List<String> rows = lines(quarantined, "table_name", "row_key", "row_json");
    assertThat(rows).allMatch(row -> row.startsWith("sales_lines|"));
    assertThat(rows)
        .anyMatch(row -> row.contains("1st of May") && row.contains("\"customer\":\"***\""))
        .anyMatch(row -> row.contains("489442|") && row.contains("\"quantity\":\"six\""))
        .anyMatch(row -> row.contains("nnnnnn,nnnnnX,XXXXX XXXXXXX XXXXX,nnnnn"))
        .noneMatch(row -> row.contains("17850"));
  }

  @Test
  void theSameRowsComeOfOneFileCompressedFilesAFolderAGlobAndParquet() throws IOException {
    Path csv = FILES.resolve("online-retail-ii.csv");
    List<String> expected = sales(onlineRetail);
    Path year = Files.createDirectories(folder.resolve("export [1]").resolve("year=2010"));
    List<String> text = Files.readAllLines(csv);
    Files.write(year.resolve("a.csv"), text.subList(0, 9));
    Path rest = year.resolve("b.csv.gz");
    gzip(text.get(0) + "\n" + String.join("\n", text.subList(9, text.size())), rest);
    Files.write(year.resolve("_SUCCESS"), List.of());
    assertThat(sales(folder.resolve("export [1]"))).isEqualTo(expected);
    assertThat(
            SourceFiles.find(
                    SparkTest.session().sparkContext().hadoopConfiguration(),
                    "transactions",
                    folder.resolve("export*").resolve("*").resolve("*").toString())
                .files())
        .extracting(file -> file.path().getName())
        .containsExactly("a.csv", "b.csv.gz");

    Path parquet = folder.resolve("parquet");
    SparkTest.session()
        .read()
        .option("header", true)
        .option("mode", "DROPMALFORMED")
        .csv(csv.toString())
        .selectExpr(
            "Invoice",
            "StockCode",
            "Description",
            "try_cast(Quantity AS BIGINT) Quantity",
            "try_to_timestamp(InvoiceDate)::timestamp_ntz InvoiceDate",
            "try_cast(Price AS DOUBLE) Price",
            "try_cast(`Customer ID` AS DOUBLE) `Customer ID`",
            "Country")
        .write()
        .parquet(parquet.toString());
    assertThat(sales(parquet)).isEqualTo(expected);
  }

  /** Large enough that its rows are spread over the cores. */
  @Test
  void aFileIsReadAndJudgedOnceForAllItsTables() throws IOException {
    Path file = folder.resolve("large.csv");
    StringBuilder text =
        new StringBuilder(
            "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country");
    int rows = 20_000;
    for (int i = 0; i < rows; i++) {
      // Every tenth line is postage, which is no product; every hundredth has no price either.
      text.append(
          "\n%d,%s,NAME OF THE PRODUCT %d,1,2010-07-01 09:00:00,%d,17850.0,United Kingdom"
              .formatted(
                  i / 10, i % 10 == 3 ? "POST" : 20_000 + i % 500, i % 500, i % 100 == 3 ? 0 : 2));
    }
    Files.writeString(file, text);
    assertThat(Files.size(file)).isGreaterThan(1 << 20);
    try (Conversion conversion = convert(ONLINE_RETAIL, file)) {
      // What is left of the file is what was kept of the one pass.
      Files.delete(file);
      ConvertedTable sales = table(conversion, Table.SALES_LINES);
      assertThat(sales.counts().reasons())
          .containsOnly(entry("is_product", 2_000L), entry("has_price", 200L));
      assertThat(sales.accepted().count()).isEqualTo(18_000);
      assertThat(sales.accepted().select("sale_id", "line_no").distinct().count())
          .isEqualTo(18_000);
      assertThat(
              sales
                  .quarantined()
                  .selectExpr("CAST(get_json_object(row_json, '$.row_in_file') AS INT) - 2 AS row")
                  .where("row % 10 = 3")
                  .distinct()
                  .count())
          .isEqualTo(2_000);
      ConvertedTable products = table(conversion, Table.PRODUCTS);
      assertThat(products.counts().quarantined()).isEqualTo(2_000);
      assertThat(products.accepted().count()).isEqualTo(450);
      assertThat(products.quarantined().count()).isEqualTo(2_000);
      assertThat(table(conversion, Table.STORES).accepted().count()).isEqualTo(1);
    }
  }

  @Test
  void filesOfOneFolderMayDifferInSpellingAndOrderOfTheirColumns() throws IOException {
    Files.copy(FILES.resolve("online-retail.csv"), folder.resolve("1.csv"));
    Files.copy(FILES.resolve("online-retail-ii.csv"), folder.resolve("2.csv"));
    try (Conversion conversion = convert(salesOnly(), folder)) {
      ConvertedTable sales = table(conversion, Table.SALES_LINES);
      assertThat(sales.counts().rowsIn()).isEqualTo(19);
      assertThat(sales.counts().accepted()).isEqualTo(10);
      assertThat(
              lines(sales.accepted(), "sale_id", "line_no", "product_id", "unit_price", "sold_at"))
          .contains(
              "536365|1|71053|3.39|2010-12-01 08:26:00",
              "536365|2|85123A|2.55|2010-12-01 08:26:00");
    }
  }

  @Test
  void decimalCommaForeignEncodingAndKeysOfTheFile() {
    try (Conversion conversion = convert(DECIMAL_COMMA, FILES.resolve("decimal-comma.csv"))) {
      ConvertedTable sales = table(conversion, Table.SALES_LINES);
      assertThat(
              lines(
                  sales.accepted(),
                  "sale_id",
                  "line_no",
                  "product_id",
                  "quantity",
                  "unit_price",
                  "sold_at"))
          .containsExactlyInAnyOrder(
              "B1|1|A1|1.500|1234.50|2024-12-31 22:30:00",
              "B1|2|A1|2.000|12.00|2024-12-31 22:30:00");
      // 1.5 is no number where the comma is decimal; n/a is no value; B1/2 is there twice.
      assertThat(sales.counts().reasons())
          .containsOnly(
              entry("price_unreadable", 1L),
              entry("unit_price_present", 1L),
              entry("discount_within_price", 2L),
              entry("quantity_present", 1L),
              entry("quantity_not_zero", 1L),
              entry("duplicate_key", 1L));
      assertThat(lines(table(conversion, Table.PRODUCTS).accepted(), "product_id", "product_name"))
          .containsExactlyInAnyOrder("A1|Mütze \"blau\"", "A2|Schal");
    }
  }

  @Test
  void filesThatAreNotThereOrBrokenAreOneClearError() throws IOException {
    assertError(ONLINE_RETAIL, folder.resolve("no.csv"), ExitCode.USAGE, "there is no such file");
    assertError(ONLINE_RETAIL, folder, ExitCode.BAD_DATA, "the folder contains no files");
    assertError(
        ONLINE_RETAIL,
        Files.createFile(folder.resolve("empty.csv")),
        ExitCode.BAD_DATA,
        "the file is empty");
    String text = Files.readString(FILES.resolve("online-retail-ii.csv"));
    String header = text.lines().findFirst().orElseThrow();
    assertError(
        ONLINE_RETAIL,
        Files.writeString(folder.resolve("header.csv"), header + "\n"),
        ExitCode.BAD_DATA,
        "there are no rows");
    assertError(
        ONLINE_RETAIL,
        Files.writeString(folder.resolve("text.csv.gz"), text),
        ExitCode.BAD_DATA,
        "text.csv.gz: the file cannot be read");
    assertError(
        ONLINE_RETAIL,
        Files.writeString(folder.resolve("text.parquet"), text),
        ExitCode.BAD_DATA,
        "the file cannot be read");
    Path whole = folder.resolve("whole.csv.gz");
    StringBuilder much = new StringBuilder(header);
    for (int i = 0; i < 20_000; i++) {
      much.append("\n%d,%05d,NAME %s,1,2010-07-01 09:00:00,1,,UK".formatted(i, i, i * 7919L));
    }
    gzip(much.toString(), whole);
    byte[] bytes = Files.readAllBytes(whole);
    assertError(
        ONLINE_RETAIL,
        Files.write(
            folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length - bytes.length / 4)),
        ExitCode.BAD_DATA,
        "cut.csv.gz: the file cannot be read");
    assertError(
        ONLINE_RETAIL,
        Files.writeString(folder.resolve("dates.csv"), header + "\n1,22087,X,1,01.07.2010,1,,UK\n"),
        ExitCode.BAD_DATA,
        "none of the 1 rows can be accepted for sales_lines: [invoice_date_unreadable=1");
    assertError(
        ONLINE_RETAIL,
        Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n"),
        ExitCode.USAGE,
        "sources.transactions.columns.invoice: there is no column InvoiceNo or Invoice in");
  }

  @Test
  void inputsMustBeTheMappings() {
    ImportMapping mapping = ImportMapping.read(ONLINE_RETAIL);
    assertThatThrownBy(
            () -> Importer.convert(SparkTest.session(), mapping, Map.of("receipts", "x.csv")))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("has no source receipts. Its sources are [transactions]");
  }

  private static void assertError(Path mapping, Path input, ExitCode code, String message) {
    assertThatThrownBy(() -> convert(mapping, input).close())
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).as(e.getMessage()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static Conversion convert(Path mapping, Path input) {
    return convert(ImportMapping.read(mapping), input);
  }

  private static Conversion convert(ImportMapping mapping, Path input) {
    String source = mapping.sources().keySet().iterator().next();
    return Importer.convert(SparkTest.session(), mapping, Map.of(source, input.toString()));
  }

  private static ImportMapping salesOnly() {
    ImportMapping mapping = ImportMapping.read(ONLINE_RETAIL);
    return new ImportMapping(
        mapping.file(),
        mapping.sources(),
        Map.of(Table.SALES_LINES, mapping.targets().get(Table.SALES_LINES)),
        mapping.lines());
  }

  private static List<String> sales(Path input) {
    try (Conversion conversion = convert(salesOnly(), input)) {
      return sales(conversion);
    }
  }

  private static List<String> sales(Conversion conversion) {
    Dataset<Row> accepted = table(conversion, Table.SALES_LINES).accepted();
    return lines(accepted, accepted.columns()).stream().sorted().toList();
  }

  private static ConvertedTable table(Conversion conversion, Table table) {
    return conversion.tables().stream()
        .filter(converted -> converted.table() == table)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines(Dataset<Row> rows, String... columns) {
    return rows
        .selectExpr(
            Arrays.stream(columns)
                .map(column -> "coalesce(CAST(%s AS STRING), 'null')".formatted(column))
                .toArray(String[]::new))
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  private static void gzip(String text, Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
