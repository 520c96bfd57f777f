package com.posmodern.ai.source.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImportMappingTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf", "import");
  private static final Path MAPPING =
      Path.of("src", "test", "resources", "import", "decimal-comma.yaml");

  @TempDir Path folder;

  @Test
  void everyShippedMappingResolves() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        ImportMapping mapping = ImportMapping.read(file);
        MappingCheck.Lineage lineage = MappingCheck.check(SparkTest.session(), mapping);
        assertThat(lineage.columnsRead().keySet()).isEqualTo(mapping.targets().keySet());
        assertThat(lineage.columnsRead().values())
            .as(file.toString())
            .anySatisfy(columns -> assertThat(columns).isNotEmpty());
      }
    }
  }

  @Test
  void knowsWhatATableReadsAndWhatIdentifiesAPerson() {
    MappingCheck.Lineage lineage =
        MappingCheck.check(
            SparkTest.session(), ImportMapping.read(SHIPPED.resolve("online-retail-ii.yaml")));
    assertThat(lineage.columnsRead().get(Table.PRODUCTS))
        .containsExactlyInAnyOrder("stock_code", "description", "price");
    assertThat(lineage.columnsRead().get(Table.STORES)).isEmpty();
    assertThat(lineage.sensitive().get("transactions")).containsExactly("customer");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "name: {from: Name,",
            "name: {colour: red, from: Name,",
            "colour must not be there: the keys are"),
        arguments(
            "    one_row_per_key: false\n",
            "    one_row_per_key: false\n    colour: red\n",
            "colour"),
        arguments("    one_row_per_key: false\n", "", "one_row_per_key"),
        arguments("encoding: ISO-8859-1", "encoding: klingon", "encoding must be auto, UTF-8"),
        arguments(
            "decimal_separator: \",\"",
            "decimal_separator: \"; \"",
            "decimal_separator must be . or ,"),
        arguments("Europe/Berlin", "Europe/Bonn", "time_zone must be an IANA zone, is Europe/Bonn"),
        arguments(", time_zone: Europe/Berlin", "", "time_zone must be there for timestamps"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.jjjj", "in dd.MM.jjjj j is not a pattern letter"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.YYYY HH:mm", "Y is of week-based years"),
        arguments("dd.MM.yyyy HH:mm", "DD.MM.yyyy HH:mm", "D is the day of the year"),
        arguments("dd.MM.yyyy HH:mm", "EEE dd.MM.yyyy HH:mm", "E is a weekday"),
        arguments("dd.MM.yyyy HH:mm", "dd.mm.yyyy HH:mm", "m occurs twice"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.yyyy hh:mm", "hh is the hour of half a day"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:SS", "seconds are ss"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:MM", "M occurs twice"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.yy HH:mm", "two_digit_years_from"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.y HH:mm", "the year must be yyyy"),
        arguments("decimal(12,3)", "decimal", "decimal has none and would round 12.50"),
        arguments("decimal(12,2)", "NUMERIC( 12 )", "say how many decimals"),
        arguments("type: int}", "type: array<int>}", "be string, boolean, a number"),
        arguments("delimiter: \";\"", "delimiter: '\\n'", "delimiter must be the characters"),
        arguments("multi_line: false", "multi_line: no", "multi_line must be true or false"),
        arguments("null_words: [n/a]", "null_words: n/a", "null_words must be a list"),
        arguments("null_words: [n/a]", "null_words: *words", "alias *words has no anchor"),
        arguments(
            "null_words: [n/a]",
            "null_words: [n/a]\n      quote: \"'\"",
            "the key sources.belege.csv.quote occurs twice"),
        arguments("source: belege", "source:", "source"),
        arguments(
            "line_no: line",
            "line_no: {line_number: {within: [sale_id, store_id], order_by: quantity}}",
            "within is [sale_id, store_id], but the rest of the key of sales_lines is [sale_id]"),
        arguments(
            "line_no: line",
            "line_no: {line_number: {within: sale_id, order_by: line_no}}",
            "order_by names the line number itself"),
        arguments("quantity: amount", "quantity: ' '", "the expression must not be empty"),
        arguments(
            "derived: {}", "derived: {key: upper(receipt}", "sources.belege.derived.key: [PARSE"),
        arguments(
            "{from: Zeile, type: int}",
            "{from: Zeile, type: number}",
            "type must be a Spark SQL type, is number"),
        arguments("{from: Zeile, type: int}", "{type: int}", "from must not be missing"),
        arguments(
            "  sales_lines:", "  sale_lines:", "targets.sale_lines: there is no such source table"),
        arguments("source: belege", "source: receipts", "there is no source receipts"),
        arguments("      card: {from", "      Karte: {from", "Karte must be lower-case letters"),
        arguments(
            "customer_id: card",
            "customer: card",
            "targets.sales_lines.columns.customer: sales_lines has no column customer"),
        arguments(
            "      quantity: amount\n",
            "",
            "targets.sales_lines.columns.quantity: the contract requires the column"),
        arguments(
            "discount: {constant: 0}", "discount: {constant: none}", "none is no decimal(12,2)"),
        arguments(
            "quantity: amount",
            "quantity: amounts",
            "targets.sales_lines.columns.quantity: [UNRESOLVED_COLUMN"),
        arguments(
            "quantity: amount",
            "quantity: amount +",
            "targets.sales_lines.columns.quantity: [PARSE_SYNTAX_ERROR]"),
        arguments(
            "quantity: amount",
            "quantity: sum(amount)",
            "targets.sales_lines.columns.quantity: the expression does more than compute one value"),
        arguments(
            "quantity: amount",
            "quantity: rand()",
            "does more than compute one value from one row"),
        arguments("quantity: amount", "quantity: explode(array(amount))", "[UNSUPPORTED_GENERATOR"),
        arguments(
            "quantity: amount",
            "quantity: array(amount)",
            "targets.sales_lines.columns.quantity: [DATATYPE_MISMATCH"),
        arguments(
            "derived: {}",
            "derived: {name: upper(receipt)}",
            "derived name must not be a column's name as well"),
        arguments(
            "derived: {}",
            "derived: {key: upper(recept)}",
            "sources.belege.derived.key: [UNRESOLVED_COLUMN"),
        arguments(
            "rules: {}",
            "rules: {known: upper(receipt)}",
            "rules.known: the rule is not true or false"),
        arguments(
            "rules: {}",
            "rules: {known: assert_true(amount > 0) IS NULL}",
            "rules.known: the expression ends the import with an error of its own"),
        arguments(
            "line_no: line",
            "line_no: {line_number: {within: receipt, order_by: quantity}}",
            "sales_lines has no column receipt"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void wrongMappingsSayFileAndKey(String right, String wrong, String message) throws IOException {
    String text = Files.readString(MAPPING);
    assertThat(text).contains(right);
    Path file = Files.writeString(folder.resolve("wrong.yaml"), text.replace(right, wrong));
    assertThatThrownBy(() -> MappingCheck.check(SparkTest.session(), ImportMapping.read(file)))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .message()
        .satisfies(told -> assertThat(told.lines()).hasSize(1));
  }

  @Test
  void aMistakeIsToldWithItsLine() throws IOException {
    String text = Files.readString(MAPPING).replace("dd.MM.yyyy", "dd.MM.YYYY");
    Path file = Files.writeString(folder.resolve("wrong.yaml"), text);
    long line = text.lines().takeWhile(each -> !each.contains("YYYY")).count() + 1;
    assertThatThrownBy(() -> ImportMapping.read(file))
        .hasMessageStartingWith("%s:%d sources.belege.columns.sold_at".formatted(file, line));
  }

  @Test
  void scalarsAreTakenAsTheyAreWrittenAndAnchorsWork() throws IOException {
    String text =
        Files.readString(MAPPING)
            .replace("null_words: [n/a]", "null_words: &none [NULL, ~, 0042, 2025-03-01, no, 1e3]")
            .replace("store_id: {constant: berlin}", "store_id: &store {constant: 0042}")
            .replace("channel: {constant: store}", "channel: *store")
            .replace("category: {constant: Kleidung}", "category: {constant: 2025-03-01}");
    ImportMapping mapping =
        ImportMapping.read(Files.writeString(folder.resolve("texts.yaml"), "\uFEFF" + text));
    assertThat(mapping.sources().get("belege").csv().nullWords())
        .containsExactly("NULL", "~", "0042", "2025-03-01", "no", "1e3");
    TargetMapping sales = mapping.targets().get(Table.SALES_LINES);
    assertThat(sales.columns().get("store_id")).isEqualTo(new TargetColumn.Constant("0042"));
    assertThat(sales.columns().get("channel")).isEqualTo(new TargetColumn.Constant("0042"));
    assertThat(mapping.targets().get(Table.PRODUCTS).columns().get("category"))
        .isEqualTo(new TargetColumn.Constant("2025-03-01"));
  }

  @Test
  void groupsMergeAndDelimitersMayBeWrittenAsCodes() throws IOException {
    String text =
        Files.readString(MAPPING)
            .replace("    csv:\n", "    csv: &format\n")
            .replace("delimiter: \";\"", "delimiter: '\\t'")
            .replace(
                "targets:",
                """
                  more:
                    csv: {<<: *format, delimiter: '\\u0001', skip_lines: 2}
                    columns: {a: {from: a, type: string}}
                    derived: {}
                targets:"""
                    .indent(0)
                    .stripTrailing());
    ImportMapping mapping =
        ImportMapping.read(Files.writeString(folder.resolve("merged.yaml"), text));
    assertThat(mapping.sources().get("belege").csv().delimiter()).isEqualTo("\t");
    CsvFormat more = mapping.sources().get("more").csv();
    assertThat(more.delimiter()).isEqualTo("\u0001");
    assertThat(more.skipLines()).isEqualTo(2);
    assertThat(more.decimalSeparator()).isEqualTo(",");
  }

  @Test
  void namesInExpressionsMayBeInCapitals() throws IOException {
    String text =
        Files.readString(MAPPING)
            .replace("quantity: amount", "quantity: AMOUNT")
            .replace("derived: {}", "derived: {key: \"concat(Receipt, '-', LINE)\"}")
            .replace("sale_id: receipt", "sale_id: Upper(KEY)");
    MappingCheck.Lineage lineage =
        MappingCheck.check(
            SparkTest.session(),
            ImportMapping.read(Files.writeString(folder.resolve("capitals.yaml"), text)));
    assertThat(lineage.columnsRead().get(Table.SALES_LINES)).contains("amount", "receipt", "line");
    assertThat(lineage.codes().get("belege")).containsExactly("article", "card", "line", "receipt");
  }
}
