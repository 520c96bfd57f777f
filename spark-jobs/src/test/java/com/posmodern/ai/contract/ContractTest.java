package com.posmodern.ai.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.ContractColumn.Classification;
import com.posmodern.ai.contract.Rule.Scope;
import com.posmodern.ai.contract.Rule.Severity;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a contract's file says, as the program sees it. */
class ContractTest {
  private static final Contract TERMS = Contracts.of(Table.SUPPLY_TERMS);
  private static final Contract SALES = Contracts.of(Table.SALES_LINES);

  private static Rule rule(Contract contract, String name) {
    return contract.rules().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aColumnHasItsTypeUnitAndPlaceInTheKey() {
    assertThat(TERMS.primaryKey()).containsExactly("product_id", "store_id", "supplier_id");
    assertThat(TERMS.columnNames()).startsWith("product_id", "store_id", "supplier_id");
    ContractColumn lead = TERMS.column("lead_time");
    assertThat(lead.type()).isEqualTo(DataTypes.IntegerType);
    assertThat(lead.unit()).contains("days");
    assertThat(lead.description()).startsWith("Days from the order to the shelf");
    assertThat(lead.required()).isFalse();
    assertThat(lead.isKey()).isFalse();
    assertThat(lead.classification()).isEqualTo(Classification.NONE);
    assertThat(TERMS.column("store_id").isKey()).isTrue();
    assertThat(TERMS.column("lead_time_spread").type().sql()).isEqualTo("DECIMAL(6,2)");
    assertThatThrownBy(() -> TERMS.column("lead"))
        .hasMessageContaining("source.supply_terms has no column lead");
  }

  @Test
  void requiredColumnsAreNotNullInTheSchemaAndHaveARule() {
    assertThat(TERMS.schema().apply("product_id").nullable()).isFalse();
    assertThat(TERMS.schema().apply("lead_time").nullable()).isTrue();
    assertThat(rule(TERMS, "product_id_present").expression()).isEqualTo("product_id IS NOT NULL");
    assertThat(TERMS.rules()).extracting(Rule::name).doesNotContain("lead_time_present");
  }

  @Test
  void rangesOfAColumnAreARuleThatNullsDoNotBreak() {
    Rule share = rule(Contracts.of(Table.QUALITY_RESULTS), "share_in_range");
    assertThat(share.expression()).isEqualTo("share IS NULL OR (share >= 0)");
    assertThat(share.scope()).isEqualTo(Scope.ROW);
    assertThat(share.severity()).isEqualTo(Severity.ERROR);
    assertThat(share.tolerance()).isNaN();
  }

  @Test
  void rulesThatAreWrittenDownAreAboutRowsOrTheTable() {
    Rule channel = rule(SALES, "channel_known");
    assertThat(channel.scope()).isEqualTo(Scope.ROW);
    assertThat(channel.expression()).isEqualTo("channel IN ('store', 'online', 'delivery')");
    assertThat(channel.tolerance()).isEqualTo(0.02);
    Rule some = rule(SALES, "not_empty");
    assertThat(some.scope()).isEqualTo(Scope.TABLE);
    assertThat(some.expression()).isEqualTo("count(*) > 0");
    assertThat(some.description())
        .isEqualTo("An empty table means that the load behind it failed.");
  }

  @Test
  void aTableKnowsItsReadersAndWhetherTheNightNeedsIt() {
    assertThat(SALES.requiredTable()).isTrue();
    assertThat(TERMS.requiredTable()).isFalse();
    assertThat(TERMS.consumers()).containsExactly("engineers");
    assertThat(TERMS.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(TERMS.description()).startsWith("On what terms goods are ordered");
    assertThat(TERMS.partitionColumns()).isEmpty();
    assertThat(Contracts.of(Table.CUSTOMER_SEGMENTS).partitionColumns())
        .containsExactly("as_of_date");
  }

  @Test
  void columnsThatIdentifyACustomerAreKnown() {
    assertThat(SALES.customerKeys()).containsExactly("customer_id");
    assertThat(SALES.sensitiveColumns())
        .extracting(ContractColumn::classification)
        .containsOnly(Classification.PERSONAL);
    assertThat(Contracts.of(Table.CUSTOMER_SEGMENTS).sensitiveColumns())
        .extracting(ContractColumn::classification)
        .containsExactly(Classification.PSEUDONYMOUS);
    assertThat(TERMS.customerKeys()).isEmpty();
    assertThat(TERMS.sensitiveColumns()).isEmpty();
  }

  @Test
  void aTableIsFoundByItsNameWithOrWithoutTheLayer() {
    assertThat(Table.SALES_LINES.tableName()).isEqualTo("sales_lines");
    assertThat(Table.SALES_LINES.path()).isEqualTo("source/sales_lines");
    assertThat(Table.SALES_LINES).hasToString("source.sales_lines");
    assertThat(Table.SALES_LINES.layer()).isEqualTo(Layer.SOURCE);
    assertThat(Table.named("sales_lines")).contains(Table.SALES_LINES);
    assertThat(Table.named("source/sales_lines")).contains(Table.SALES_LINES);
    assertThat(Table.named("results/sales_lines")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.31, 0.48, smooth",
    "1.31, 0.49, erratic",
    "1.32, 0.48, intermittent",
    "1.32, 0.49, lumpy"
  })
  void demandClassesMeetAtTheCuts(double interval, double variation, String demandClass) {
    assertThat(DemandClass.of(interval, variation).id()).isEqualTo(demandClass);
  }

  /** Kept models were trained with these numbers. */
  @Test
  void demandClassesKeepTheirNumbers() {
    assertThat(DemandClass.values())
        .extracting(one -> one.number() + " " + one.id())
        .containsExactly("0 smooth", "1 erratic", "2 intermittent", "3 lumpy", "4 new");
  }

  @Test
  void aJobWritesAllColumnsButThoseThatTheNightFillsIn() {
    Contract forecast = Contracts.of(Table.DEMAND_FORECAST);
    assertThat(forecast.writtenSchema().fieldNames())
        .doesNotContain("as_of_date", "known_until")
        .contains("store_id", "product_id", "p50");
    assertThat(forecast.columnNames()).contains("as_of_date");
    assertThat(TERMS.writtenSchema()).isEqualTo(TERMS.schema());
  }
}
