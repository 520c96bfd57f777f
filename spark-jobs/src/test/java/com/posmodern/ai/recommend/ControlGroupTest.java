package com.posmodern.ai.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ControlGroupTest {
  private static final Dataset<Row> CUSTOMERS =
      SparkTest.session().sql("SELECT concat('c', id) AS customer_id FROM range(10000)");

  @Test
  void withoutAShareNothingChanges() {
    ControlGroup nobody = new ControlGroup(0);
    assertThat(nobody.leftOut(CUSTOMERS)).isSameAs(CUSTOMERS);
    assertThat(nobody.addedTo(CUSTOMERS, CUSTOMERS)).isSameAs(CUSTOMERS);
  }

  @Test
  void aLargerShareAddsCustomersAndLetsNoneGo() {
    Dataset<Row> small = CUSTOMERS.where(new ControlGroup(0.1).contains());
    Dataset<Row> large = CUSTOMERS.where(new ControlGroup(0.3).contains());
    assertThat(small.count()).isBetween(900L, 1100L);
    assertThat(large.count()).isBetween(2850L, 3150L);
    assertThat(small.except(large).count()).isZero();
  }

  @Test
  void everybodyIsInOneOfTheTwo() {
    ControlGroup control = new ControlGroup(0.2);
    Dataset<Row> unlisted = CUSTOMERS.limit(100);
    Dataset<Row> listed = CUSTOMERS.except(unlisted);
    Dataset<Row> all = control.leftOut(listed).unionByName(control.addedTo(unlisted, CUSTOMERS));
    assertThat(all.count()).isEqualTo(10_000);
    assertThat(all.distinct().count()).isEqualTo(10_000);
  }
}
