package com.posmodern.ai.source.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sheets of Excel: types as the workbook holds them, and what a spreadsheet spoils is refused. */
class WorkbookTest {
  private static final String MAPPING =
      """
      description: a workbook
      sources:
        sales:
          csv: {delimiter: ",", quote: '"', escape: '"', encoding: UTF-8, header: [], skip_lines: SKIP, SHEETmulti_line: false, decimal_separator: ",", thousands_separator: "", null_words: []}
          columns:
            receipt: {from: receipt, type: string}
            product: {from: product, type: string}
            day: {from: day, type: date, formats: ["dd/MM/yyyy"]}
            hour: {from: hour, type: string}
            quantity: {from: quantity, type: "decimal(12,3)"}
            price: {from: price, type: "decimal(12,2)"}
            card: {from: card, type: string, optional: true}
          derived: {sold_at: "to_timestamp(concat(day, ' ', hour))"}
      targets:
        sales_lines:
          source: sales
          one_row_per_key: false
          rules: {}
          columns: {sale_id: receipt, line_no: {constant: 1}, store_id: {constant: S1}, product_id: product, customer_id: card, sold_at: sold_at, quantity: quantity, unit_price: price, discount: {constant: 0}, channel: {constant: store}}
      """;
  private static final String DAY = "dd/mm/yyyy;@";
  private static final String TIME = "[$-416]h:mm:ss AM/PM";
  private static final String UNFORMATTED = "General";

  private final WorkbookFile book = new WorkbookFile();

  @TempDir Path folder;

  @Test
  void cellsAreReadAsTheWorkbookHoldsThem() throws IOException {
    header(book.sheet("Vendas"), 1);
    // 45719 is the 3rd of March 2025; 0.4375 is half past ten; a barcode is a number of 13 digits.
    sale(
        2,
        number("1001"),
        number("7891000315507"),
        day("45719"),
        number("4.5000000000000009"),
        number("3.99"));
    sale(
        3,
        text("1002"),
        number("7.891000315507E12"),
        text("03/03/2025"),
        text("1,25"),
        number("0.30000000000000004"));
    sale(
        4,
        number("1003"),
        book.number("42", "000000"),
        day("45719.999"),
        number("2"),
        formula("SUM(A1)", "4"));
    sale(5, number("1004"), number("1234567890123456"), day("45719"), number("1"), number("1"));
    sale(6, number("1005"), day("45719"), day("45719"), number("1"), number("1"));
    sale(7, number("1006"), error("#N/A"), day("45719"), number("1"), number("1"));
    sale(8, number("1007"), text("A"), day("45719"), number("1"), "<c><f>G1*2</f></c>");
    sale(9, number("1008"), text("A"), number("45719"), number("1"), number("1"));
    sale(10, number("1009"), text("A"), day("45719"), day("45719"), number("1"));
    sale(
        11,
        number("1010"),
        text("A"),
        day("45719"),
        number("1"),
        "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>");
    sale(
        12,
        number("1011"),
        "<c t=\"inlineStr\"><is><t>B \u00E9</t></is></c>",
        day("45719"),
        "<c t=\"str\"><f>T(1)</f><v>2,5</v></c>",
        number("1"));
    assertThat(outcomes(book.write(folder.resolve("a.xlsx")), "", 0))
        .containsExactlyInAnyOrder(
            "1001|7891000315507|2025-03-03 10:30:00|4.500|3.99",
            "1002|7891000315507|2025-03-03 10:30:00|1.250|0.30",
            "1003|000042|2025-03-03 10:30:00|2.000|4.00",
            "5: product_lost_digits",
            "6: product_made_a_date",
            "7: product_spreadsheet_error",
            "8: price_not_computed",
            "9: day_unreadable",
            "10: quantity_unreadable",
            "11: price_spreadsheet_error",
            "1011|B \u00E9|2025-03-03 10:30:00|2.500|1.00");
  }

  @Test
  void daysMayBeCountedFrom1904() throws IOException {
    header(book.since1904().sheet("Sales"), 1);
    sale(2, text("1"), text("A"), day("44257"), number("1"), number("1"));
    assertThat(outcomes(book.write(folder.resolve("a.xlsx")), "", 0))
        .containsExactly("1|A|2025-03-03 10:30:00|1.000|1.00");
  }

  @Test
  void formulasOfAProgramThatComputesNothingAreRefused() throws IOException {
    header(book.computedOnLoad().sheet("Sales"), 1);
    sale(2, text("1"), text("A"), day("45719"), number("1"), number("1"));
    sale(3, text("2"), text("A"), day("45719"), number("1"), formula("B2", "0"));
    assertThat(outcomes(book.write(folder.resolve("a.xlsx")), "", 0))
        .containsExactlyInAnyOrder("1|A|2025-03-03 10:30:00|1.000|1.00", "3: price_not_computed");
  }

  @Test
  void oneOfSeveralSheetsIsNamedAndEmptyOnesDoNotCount() throws IOException {
    header(book.sheet("Sales"), 1);
    sale(2, text("1"), text("A"), day("45719"), number("1"), number("1"));
    book.sheet("Empty");
    Path one = book.write(folder.resolve("one.xlsx"));
    assertThat(outcomes(one, "", 0)).hasSize(1);
    book.sheet("Notes").row(1, text("made by hand"));
    Path several = book.write(folder.resolve("several.xlsx"));
    assertRefused(several, "", 0, "several.xlsx has the sheets [Sales, Notes]", "sheet: 'Sales'");
    assertRefused(several, "Stock", 0, "has no sheet Stock", "[Sales, Notes]");
    assertThat(outcomes(several, "sales", 0)).hasSize(1);
    assertRefused(
        Files.writeString(folder.resolve("a.csv"), "a\n1\n"), "Sales", 0, "is not a workbook");
  }

  @Test
  void linesAboveTheHeaderGapsAndNotesBesideTheTable() throws IOException {
    book.sheet("Sales").row(1, text("Sales of March"));
    header(book, 4);
    sale(7, text("1"), text("A"), day("45719"), number("1"), number("1"));
    book.row(8, text(" "));
    book.row(
        9,
        text("2"),
        text("A"),
        day("45719"),
        time(),
        number("1"),
        number("2"),
        null,
        text("a note"));
    Path file = book.write(folder.resolve("a.xlsx"));
    assertRefused(file, "", 0, "the header is line 4", "skip_lines: 3");
    assertThat(outcomes(file, "", 3))
        .containsExactly(
            "1|A|2025-03-03 10:30:00|1.000|1.00", "2|A|2025-03-03 10:30:00|1.000|2.00");
  }

  @Test
  void whatIsNoWorkbookIsOneLine() throws IOException {
    header(book.sheet("Sales"), 1);
    Path whole = book.write(folder.resolve("whole.xlsx"));
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.xlsx"), java.util.Arrays.copyOf(bytes, 700));
    assertRefused(cut, "", 0, "cut.xlsx", "cannot be read");
    assertRefused(whole, "", 0, "there are no rows");
    Path strange =
        new WorkbookFile()
            .sheet("S")
            .row(1, "<c t=\"d\"><v>2025-03-03</v></c>")
            .write(folder.resolve("strict.xlsx"));
    assertRefused(strange, "", 0, "strict.xlsx", "cannot be read");
  }

  @Test
  void aDraftNamesSheetsAndKnowsDates() throws IOException {
    book.sheet("Vendas").row(1, text("Relatório"));
    header(book, 3);
    sale(4, text("1"), number("7891000315507"), day("45719"), number("1.5"), number("3.99"));
    book.sheet("Lojas").row(1, text("loja"), text("nome")).row(2, number("7"), text("Maria"));
    String draft = MappingDraft.of(List.of(book.write(folder.resolve("mes.xlsx")).toString()));
    assertThat(draft)
        .contains("mes_vendas:")
        .contains("sheet: 'Vendas'")
        .contains("skip_lines: 2")
        .contains("day: {from: 'day', type: date, formats: ['yyyy-MM-dd']}")
        .contains("product: {from: 'product', type: string}")
        .contains("quantity: {from: 'quantity', type: \"decimal(12,1)\"}")
        .contains("mes_lojas:")
        .doesNotContain("Maria");
    Path mapping =
        Files.writeString(
            folder.resolve("draft.yaml"),
            draft.substring(0, draft.indexOf("targets:"))
                + "targets: {products: {source: mes_vendas, one_row_per_key: true, rules: {}, columns: {product_id: product, product_name: product, category: product, department: product}}}\n");
    try (Conversion conversion =
        Importer.convert(
            SparkTest.session(),
            ImportMapping.read(mapping),
            Map.of("mes_vendas", folder.resolve("mes.xlsx").toString()))) {
      assertThat(conversion.tables().get(0).accepted().head().<String>getAs("product_id"))
          .isEqualTo("7891000315507");
    }
  }

  private void header(WorkbookFile to, int row) {
    to.row(
        row,
        text("receipt"),
        text("product"),
        text("day"),
        text("hour"),
        text("quantity"),
        text("price"));
  }

  private void sale(
      int row, String receipt, String product, String day, String quantity, String price) {
    book.row(row, receipt, product, day, time(), quantity, price);
  }

  private String text(String value) {
    return book.text(value);
  }

  private String number(String value) {
    return book.number(value, UNFORMATTED);
  }

  private String day(String serial) {
    return book.number(serial, DAY);
  }

  private String time() {
    return book.number("0.4375", TIME);
  }

  private static String formula(String formula, String value) {
    return "<c><f>%s</f><v>%s</v></c>".formatted(formula, value);
  }

  private static String error(String word) {
    return "<c t=\"e\"><v>%s</v></c>".formatted(word);
  }

  private void assertRefused(Path file, String sheet, int skip, String... messages) {
    assertThatThrownBy(() -> outcomes(file, sheet, skip))
        .isInstanceOfSatisfying(
            PosException.class,
            e -> assertThat(e.exitCode()).isIn(ExitCode.USAGE, ExitCode.BAD_DATA))
        .hasMessageContainingAll(messages)
        .message()
        .satisfies(told -> assertThat(told.lines()).hasSize(1));
  }

  /** Accepted lines by their values, refused ones by row and reason. */
  private List<String> outcomes(Path file, String sheet, int skip) throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("mapping.yaml"),
            MAPPING
                .replace("SKIP", "" + skip)
                .replace("SHEET", sheet.isEmpty() ? "" : "sheet: " + sheet + ", "));
    List<String> outcomes = new ArrayList<>();
    try (Conversion conversion =
        Importer.convert(
            SparkTest.session(), ImportMapping.read(mapping), Map.of("sales", file.toString()))) {
      ConvertedTable sales = conversion.tables().get(0);
      assertThat(sales.counts().table()).isEqualTo(Table.SALES_LINES);
      sales
          .accepted()
          .selectExpr("concat_ws('|', sale_id, product_id, sold_at, quantity, unit_price)")
          .collectAsList()
          .forEach(row -> outcomes.add(row.getString(0)));
      for (Row row :
          sales
              .quarantined()
              .selectExpr(
                  "concat(get_json_object(row_json, '$.row_in_file'), ': ', array_join(filter("
                      + "reasons, r -> r NOT LIKE '%_present' AND r NOT LIKE 'discount%' AND r NOT LIKE '%_zero'), ','))")
              .collectAsList()) {
        outcomes.add(row.getString(0));
      }
    }
    return outcomes;
  }
}
