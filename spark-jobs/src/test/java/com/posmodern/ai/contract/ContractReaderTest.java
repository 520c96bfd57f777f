package com.posmodern.ai.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.ContractColumn.Classification;
import com.posmodern.ai.contract.Rule.Scope;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.error.PosException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A contract of three columns, and what is said of one that is wrong. */
class ContractReaderTest {
  private static final String STORES =
      """
      version: 1.2.0
      schema:
        - physicalName: source/stores
          description: Stores of the chain.
          customProperties:
            - {property: requiredTable, value: true}
            - {property: consumers, value: [bi, till]}
          properties:
            - name: region
              physicalType: STRING
              description: Region.
              partitioned: true
              primaryKey: true
              primaryKeyPosition: 2
            - name: store_id
              physicalType: STRING
              description: Store.
              required: true
              primaryKey: true
              classification: personal
              customProperties:
                - {property: pseudonym, value: customer}
                - {property: addedIn, value: 1.1.0}
            - name: floor_area
              physicalType: "DECIMAL(8,2)"
              description: Sales floor.
              logicalTypeOptions: {minimum: 1, maximum: 90000}
              customProperties:
                - {property: unit, value: m2}
              quality:
                - name: floor_area_whole
                  severity: warning
                  description: Whole metres only.
                  implementation: {row: floor_area = floor(floor_area), tolerance: 0.25}
          quality:
            - name: not_empty
              severity: error
              description: There is a store.
              implementation: {aggregate: count(*) > 0}
      """;

  private static Contract read(String yaml) {
    try {
      return ContractReader.read(Table.STORES, new ByteArrayInputStream(yaml.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theTableItsReadersAndItsKeyAreThoseOfTheFile() {
    Contract stores = read(STORES);
    assertThat(stores.table()).isEqualTo(Table.STORES);
    assertThat(stores.version()).isEqualTo("1.2.0");
    assertThat(stores.description()).isEqualTo("Stores of the chain.");
    assertThat(stores.requiredTable()).isTrue();
    assertThat(stores.consumers()).containsExactly("bi", "till");
    assertThat(stores.columnNames()).containsExactly("region", "store_id", "floor_area");
    assertThat(stores.primaryKey()).containsExactly("store_id", "region");
    assertThat(stores.partitionColumns()).containsExactly("region");
    assertThat(stores.customerKeys()).containsExactly("store_id");
    assertThat(stores.sensitiveColumns())
        .containsExactly(stores.column("store_id"))
        .extracting(ContractColumn::classification)
        .containsExactly(Classification.PERSONAL);
    assertThat(read(STORES.replace("requiredTable, value: true", "other, value: true")))
        .extracting(Contract::requiredTable)
        .isEqualTo(false);
  }

  @Test
  void aColumnIsAsTheFileSaysAndOtherwiseOptionalAndHarmless() {
    Contract stores = read(STORES);
    ContractColumn area = stores.column("floor_area");
    assertThat(area.type()).isEqualTo(DataTypes.createDecimalType(8, 2));
    assertThat(area.unit()).contains("m2");
    assertThat(area.addedIn()).isEmpty();
    assertThat(area.required()).isFalse();
    assertThat(area.isKey()).isFalse();
    assertThat(area.partitioned()).isFalse();
    assertThat(area.customerKey()).isFalse();
    assertThat(area.classification()).isEqualTo(Classification.NONE);
    ContractColumn store = stores.column("store_id");
    assertThat(store.required()).isTrue();
    assertThat(store.customerKey()).isTrue();
    assertThat(store.addedIn()).contains("1.1.0");
    assertThat(store.unit()).isEmpty();
  }

  @Test
  void requiredColumnsAndRangesAreRulesBesideThoseStated() {
    double none = Double.NaN;
    assertThat(read(STORES).rules())
        .containsExactly(
            new Rule(
                "store_id_present",
                Scope.ROW,
                Severity.ERROR,
                "store_id IS NOT NULL",
                none,
                "Never null."),
            new Rule(
                "floor_area_in_range",
                Scope.ROW,
                Severity.ERROR,
                "floor_area IS NULL OR (floor_area >= 1 AND floor_area <= 90000)",
                none,
                "floor_area >= 1, floor_area <= 90000."),
            new Rule(
                "floor_area_whole",
                Scope.ROW,
                Severity.WARNING,
                "floor_area = floor(floor_area)",
                0.25,
                "Whole metres only."),
            new Rule(
                "not_empty",
                Scope.TABLE,
                Severity.ERROR,
                "count(*) > 0",
                none,
                "There is a store."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source/stores | source/shops | physicalName is not source/stores",
        "version: 1.2.0 | version: 7 | key version is missing at the top",
        "description: Region. | | key description is missing at region",
        "DECIMAL(8,2) | DECIMALS | physicalType DECIMALS is not a Spark type",
        "classification: personal | classification: secret | classification secret is unknown",
      })
  void whatIsWrongIsSaidWithTheFileAndTheRemedy(String right, String wrong, String message) {
    assertThatThrownBy(() -> read(STORES.replace(right, wrong == null ? "" : wrong)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("lake-schemas/source/stores.yaml")
        .hasMessageContaining("Correct the contract.");
  }
}
