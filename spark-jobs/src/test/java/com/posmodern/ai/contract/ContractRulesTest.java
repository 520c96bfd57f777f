package com.posmodern.ai.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContractRulesTest {
  @ParameterizedTest
  @EnumSource(Table.class)
  void everyRuleIsASparkExpressionOverTheTable(Table table) {
    Contract contract = Contracts.of(table);
    Dataset<Row> empty =
        SparkTest.session().createDataFrame(java.util.List.of(), contract.schema());
    for (Rule rule : contract.rules()) {
      String type =
          empty
              .selectExpr(rule.expression() + " AS holds")
              .schema()
              .apply("holds")
              .dataType()
              .sql();
      assertThat(type).as(table + " " + rule.name()).isEqualTo("BOOLEAN");
    }
  }
}
