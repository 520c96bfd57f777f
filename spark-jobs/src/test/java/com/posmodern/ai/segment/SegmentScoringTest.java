package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_SHARE;
import static com.posmodern.ai.contract.Columns.DEPARTMENT_SHARES;
import static com.posmodern.ai.contract.Columns.DISTANCE;
import static com.posmodern.ai.contract.Columns.DISTINCTION;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.MEDIAN_FREQUENCY;
import static com.posmodern.ai.contract.Columns.PICTURE_X;
import static com.posmodern.ai.contract.Columns.PLACED;
import static com.posmodern.ai.contract.Columns.REVENUE_SHARE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.TOP_DEPARTMENTS;
import static com.posmodern.ai.segment.PlantedPersonas.EVENING;
import static com.posmodern.ai.segment.PlantedPersonas.MORNING;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SegmentScoringTest {
  private static Dataset<Row> assigned;
  private static SegmentModel model;

  /** Two personas, one customer with one basket, one without an hour; no K-Means needed. */
  @BeforeAll
  static void score() {
    PlantedPersonas planted = new PlantedPersonas(5).add(EVENING, 30).add(MORNING, 10);
    Map<String, Double> anything = Map.of("Bakery", 1.0);
    planted.add("rare", 1, 20, 20, 3, 12, 0, 0, 0, anything);
    planted.add("broken", 9, 90, 10, 3, 12, 0, 0, 0, anything);
    Dataset<Row> customers =
        planted
            .dataset()
            .withColumn(
                MEAN_HOUR,
                when(col(CUSTOMER_ID).startsWith("broken"), lit(null)).otherwise(col(MEAN_HOUR)));
    FeatureSpace hours =
        new FeatureSpace(
            List.of(SegmentFeature.named(MEAN_HOUR)), List.of(14.0), List.of(4.0), List.of(1.0));
    model =
        new SegmentModel(
            hours,
            List.of(
                new Segment(2, "Evening shoppers", List.of(1.5)),
                new Segment(7, "Morning shoppers", List.of(-1.4)),
                new Segment(9, "Night shoppers", List.of(2.9))));
    assigned = SegmentScoring.assign(customers, model, 3).cache();
  }

  @Test
  void everyCustomerIsInExactlyOneSegment() {
    Set<Integer> ofEvening = segmentsOf("evening");

    assertThat(assigned.count()).isEqualTo(42);
    assertThat(ofEvening).containsExactly(2);
    assertThat(segmentsOf("morning")).containsExactly(7);
  }

  @Test
  void customersWithoutAPlaceAreInSegmentZeroNotGone() {
    List<Row> unplaced =
        assigned
            .where(col(SEGMENT_ID).equalTo(0))
            .select(SEGMENT_NAME, DISTANCE, PLACED)
            .collectAsList();

    assertThat(unplaced)
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.getString(0)).isEqualTo(Segment.UNPLACED_NAME);
              assertThat(row.isNullAt(1)).isTrue();
              assertThat(row.getBoolean(2)).isFalse();
            });
    assertThat(assigned.where("placed AND (distance IS NULL OR segment_id = 0)").count()).isZero();
  }

  @Test
  void profilesAddUpAndFitTheirContract() {
    Dataset<Row> profiles = SegmentProfiles.of(assigned, model, "segment-1");
    List<Row> rows = profiles.orderBy(SEGMENT_ID).collectAsList();

    assertThat(rows.stream().map(row -> row.<Integer>getAs(SEGMENT_ID)))
        .containsExactly(0, 2, 7, 9);
    assertThat(rows.stream().map(row -> row.<Long>getAs(CUSTOMERS)))
        .containsExactly(2L, 30L, 10L, 0L);
    assertThat(sum(rows, CUSTOMER_SHARE)).isCloseTo(1, within(1e-6));
    assertThat(sum(rows, REVENUE_SHARE)).isCloseTo(1, within(1e-6));
    List<String> contract = new ArrayList<>(Contracts.of(Table.SEGMENT_PROFILES).columnNames());
    contract.remove("as_of_date");
    assertThat(profiles.columns()).containsExactlyInAnyOrderElementsOf(contract);
  }

  @Test
  void profilesSayWhatSetsSegmentsApart() {
    List<Row> rows =
        SegmentProfiles.of(assigned, model, "segment-1").orderBy(SEGMENT_ID).collectAsList();
    Row evening = rows.get(1);
    Row morning = rows.get(2);
    Row night = rows.get(3);

    assertThat(morning.getList(morning.fieldIndex(TOP_DEPARTMENTS))).first().isEqualTo("Bakery");
    assertThat(morning.<String>getAs(DISTINCTION)).contains("8:").contains("Bakery");
    assertThat(evening.<Double>getAs(MEDIAN_FREQUENCY)).isBetween(40.0, 80.0);
    assertThat(evening.<Double>getAs(PICTURE_X)).isPositive();
    assertThat(morning.<Double>getAs(PICTURE_X)).isNegative();
    assertThat(night.<Double>getAs(MEDIAN_FREQUENCY)).isNull();
    assertThat(night.<String>getAs(DISTINCTION)).isEqualTo("No customer at present.");
    assertThat(rows.get(0).<Double>getAs(PICTURE_X)).isNull();
  }

  @Test
  void absurdCustomersDoNotMoveTheScale() {
    List<SegmentFeature> features = SegmentFeature.BEHAVIOUR;
    Dataset<Row> sane = PlantedPersonas.of(6, 200, List.of(EVENING));
    PlantedPersonas absurd = new PlantedPersonas(6).add(EVENING, 200);
    for (int i = 0; i < 4; i++) {
      absurd.add("absurd", 9e5, 9e9, 9e4, 9e3, 23, 1, 1, 1, Map.of("Pets", 1.0));
    }
    FeatureSpace before =
        FeatureSpace.fit(
            CustomerSample.of(sane, List.of()), features, PlantedPersonas.settings().weights());
    FeatureSpace after =
        FeatureSpace.fit(
            CustomerSample.of(absurd.dataset(), List.of()),
            features,
            PlantedPersonas.settings().weights());

    for (int i = 0; i < before.size(); i++) {
      assertThat(Math.abs(after.centres().get(i) - before.centres().get(i)))
          .as(features.get(i).name())
          .isLessThan(0.15 * before.scales().get(i));
      assertThat(after.scales().get(i) / before.scales().get(i)).isBetween(0.85, 1.15);
    }
    assertThat(
            absurd
                .dataset()
                .select(after.scaled().toArray(org.apache.spark.sql.Column[]::new))
                .collectAsList())
        .allSatisfy(
            row -> {
              for (int i = 0; i < row.size(); i++) {
                assertThat(Math.abs(row.getDouble(i))).isLessThanOrEqualTo(FeatureSpace.LIMIT);
              }
            });
  }

  @Test
  void constantFeatureGetsAScaleThatDividesByNothing() {
    PlantedPersonas alike = new PlantedPersonas(7);
    for (int i = 0; i < 5; i++) {
      alike.add("same", 10, 100, 10, 4, 12, 0.5, 0, 0, Map.of("Bakery", 1.0));
    }

    FeatureSpace space =
        FeatureSpace.fit(
            CustomerSample.of(alike.dataset(), List.of(SegmentFeature.ofDepartment("Bakery"))),
            List.of(SegmentFeature.named(MEAN_HOUR), SegmentFeature.ofDepartment("Bakery")),
            PlantedPersonas.settings().weights());

    assertThat(space.scales()).containsExactly(1.0, 1.0);
    assertThat(Arrays.asList(alike.dataset().columns())).contains(DEPARTMENT_SHARES);
  }

  private static Set<Integer> segmentsOf(String persona) {
    return Set.copyOf(
        assigned
            .where(col(CUSTOMER_ID).startsWith(persona))
            .select(SEGMENT_ID)
            .collectAsList()
            .stream()
            .map(row -> row.getInt(0))
            .toList());
  }

  private static double sum(List<Row> rows, String column) {
    return rows.stream().mapToDouble(row -> row.<Double>getAs(column)).sum();
  }
}
