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
        MappingCheck.Lineage lineage =
            MappingCheck.check(SparkTest.session(), ImportMapping.read(file));
        assertThat(lineage.columnsRead().get(Table.SALES_LINES)).as(file.toString()).isNotEmpty();
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
        arguments("encoding: ISO-8859-1", "encoding: windows-1252", "encoding must be one of"),
        arguments(
            "decimal_separator: \",\"",
            "decimal_separator: \"; \"",
            "decimal_separator must be . or ,"),
        arguments("Europe/Berlin", "Europe/Bonn", "time_zone must be an IANA zone, is Europe/Bonn"),
        arguments(", time_zone: Europe/Berlin", "", "time_zone must be there for timestamps"),
        arguments("dd.MM.yyyy HH:mm", "dd.MM.jjjj", "dd.MM.jjjj is no date pattern"),
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
            "targets.sales_lines.columns.quantity: [MISSING_GROUP_BY]"),
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
        .hasMessageContaining(message);
  }
}
