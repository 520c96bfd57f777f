package com.posmodern.ai.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.ContractColumn.Classification;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContractsTest {
  private static final Path SCHEMAS =
      Path.of(System.getProperty("repository.root"), "lake-schemas");

  @Test
  void everyFileIsATableAndEveryTableHasAFile() throws IOException {
    try (Stream<Path> files = Files.walk(SCHEMAS)) {
      Set<String> found =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .map(file -> SCHEMAS.relativize(file).toString().replace(".yaml", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(Table.values()).map(Table::path).toList());
    }
  }

  /** A column that no Java code reads or writes needs no constant. */
  @Test
  void columnConstantsAreColumnsOfContracts() {
    Set<String> constants =
        Arrays.stream(Columns.class.getFields())
            .map(ContractsTest::value)
            .collect(Collectors.toSet());
    Set<String> contracted =
        Arrays.stream(Table.values())
            .flatMap(table -> Contracts.of(table).columnNames().stream())
            .collect(Collectors.toSet());
    assertThat(contracted).containsAll(constants);
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void everyContractStopsOnSomethingBesidesNulls(Table table) {
    Contract contract = Contracts.of(table);
    assertThat(contract.rules())
        .as("FAIL rules of " + table)
        .anyMatch(
            rule -> rule.severity() == Rule.Severity.ERROR && !rule.name().endsWith("_present"));
    assertThat(contract.rules().stream().map(Rule::name)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void keysAreRequiredAndDerivedTablesArePartitionedByTheAsOfDateOrHaveNone(Table table) {
    Contract contract = Contracts.of(table);
    assertThat(contract.primaryKey()).allMatch(name -> contract.column(name).required());
    if (contract.isHistory()) {
      assertThat(contract.columnNames()).contains(Columns.BUSINESS_DATE);
      assertThat(contract.partitionColumns()).isEmpty();
    } else if (table.layer() != Layer.SOURCE) {
      assertThat(contract.partitionColumns()).containsExactly(Columns.AS_OF_DATE);
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void measuresNameTheirUnit(Table table) {
    for (ContractColumn column : Contracts.of(table).columns()) {
      if (Set.of("double", "int", "bigint", "timestamp").contains(column.type().catalogString())) {
        assertThat(column.unit()).as(table + "." + column.name()).isPresent();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void personalColumnsStayInTheSourceLayer(Table table) {
    if (table.layer() != Layer.SOURCE) {
      assertThat(Contracts.of(table).sensitiveColumns())
          .allMatch(c -> c.classification() == ContractColumn.Classification.PSEUDONYMOUS);
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void everyKeyOfACustomerSaysSoAndIsPersonalInTheSourceLayerAlone(Table table) {
    for (ContractColumn column : Contracts.of(table).columns()) {
      boolean ofCustomer = column.name().equals(Columns.CUSTOMER_ID);
      assertThat(column.customerKey()).as(table + "." + column.name()).isEqualTo(ofCustomer);
      if (ofCustomer || column.classification() == Classification.PSEUDONYMOUS) {
        assertThat(column.customerKey()).isTrue();
        assertThat(column.classification())
            .as(table + "." + column.name())
            .isEqualTo(
                table.layer() == Layer.SOURCE
                    ? Classification.PERSONAL
                    : Classification.PSEUDONYMOUS);
      }
    }
  }

  /** The jobs see a mask in their place, and would judge that. */
  @ParameterizedTest
  @EnumSource(Table.class)
  void noRuleIsAboutAPersonalColumnButAKeys(Table table) {
    Contract contract = Contracts.of(table);
    List<String> unseen =
        contract.sensitiveColumns().stream()
            .filter(column -> !column.customerKey())
            .map(ContractColumn::name)
            .toList();
    for (Rule rule : contract.rules()) {
      assertThat(List.of(rule.expression().split("\\W+", -1)))
          .as(table + " " + rule.name())
          .filteredOn(unseen::contains)
          .isEmpty();
    }
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
