package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.segment.PlantedPersonas.ALL;
import static com.posmodern.ai.segment.PlantedPersonas.BARGAIN;
import static com.posmodern.ai.segment.PlantedPersonas.EVENING;
import static com.posmodern.ai.segment.PlantedPersonas.FAMILY;
import static com.posmodern.ai.segment.PlantedPersonas.MORNING;
import static com.posmodern.ai.segment.PlantedPersonas.ONLINE;
import static com.posmodern.ai.segment.PlantedPersonas.settings;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.segment.PlantedPersonas.Persona;
import com.posmodern.ai.segment.SegmentTraining.Trained;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SegmentTrainingTest {
  private static Dataset<Row> customers;
  private static Trained first;

  @BeforeAll
  static void train() {
    customers = PlantedPersonas.of(1, 150, ALL);
    first = train(customers, Optional.empty(), 0);
  }

  private static Trained train(Dataset<Row> customers, Optional<SegmentModel> before, int highest) {
    return SegmentTraining.train(
        SegmentTraining.placeable(customers, settings()),
        customers.count(),
        Optional.empty(),
        before,
        highest,
        settings());
  }

  @Test
  void plantedPersonasAreFound() {
    List<Row> rows =
        SegmentScoring.assign(customers, first.model(), 3)
            .select(CUSTOMER_ID, SEGMENT_ID)
            .collectAsList();

    assertThat(first.model().segments()).hasSize(ALL.size());
    assertThat(
            AdjustedRand.index(
                rows.stream().map(row -> persona(row.getString(0))).toList(),
                rows.stream().map(row -> row.getInt(1)).toList()))
        .isGreaterThan(0.95);
  }

  @Test
  void beatsTheHandMadeBinning() {
    Map<String, Double> metrics =
        first.evaluation().metrics().stream()
            .filter(metric -> metric.scope().equals(Metric.ALL))
            .collect(
                Collectors.toMap(
                    metric -> metric.candidate() + " " + metric.name(), Metric::value));

    assertThat(metrics.get("k_means silhouette"))
        .isGreaterThan(metrics.get("rfm_quintiles silhouette"));
    assertThat(metrics.get("k_means davies_bouldin"))
        .isLessThan(metrics.get("rfm_quintiles davies_bouldin"));
    assertThat(metrics.get("k_means stability")).isNaN();
    assertThat(first.evaluation().skill()).isBetween(0.1, 1.0);
    assertThat(first.evaluation().metrics())
        .filteredOn(metric -> metric.baseline())
        .extracting(Metric::candidate)
        .containsOnly("rfm_quintiles");
  }

  @Test
  void namesSayWhatThePersonasAre() {
    Map<String, String> names = namesOf(first.model());

    assertThat(names).hasSize(ALL.size());
    assertThat(names.get(ONLINE.name())).containsIgnoringCase("online");
    assertThat(names.get(MORNING.name())).containsIgnoringCase("morning");
    assertThat(names.get(FAMILY.name())).containsIgnoringCase("weekend");
    assertThat(names.get(BARGAIN.name())).containsIgnoringCase("bargain");
    assertThat(names.values()).doesNotHaveDuplicates();
  }

  @Test
  void sameSeedSameModelWhateverTheOrderOfTheRows() {
    Dataset<Row> shuffled = customers.repartition(3).orderBy(hash(col(CUSTOMER_ID)));

    Trained again = train(shuffled, Optional.empty(), 0);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void vanishedSegmentLeavesItsIdAndANewOneGetsAFreshId() {
    Persona night = new Persona("night", 10, 40, 900, 22, 0.5, 0.5, 0.15, "Fresh");
    Dataset<Row> otherNight =
        PlantedPersonas.of(3, 150, List.of(FAMILY, EVENING, ONLINE, MORNING, night));

    Trained second = train(otherNight, Optional.of(first.model()), 9);

    Map<String, Integer> before = idsOf(first.model());
    Map<String, Integer> after = idsOf(second.model(), otherNight);
    Map<String, String> names = namesOf(first.model());
    for (Persona persona : List.of(FAMILY, EVENING, ONLINE, MORNING)) {
      assertThat(after.get(persona.name())).isEqualTo(before.get(persona.name()));
      assertThat(second.model().segments())
          .filteredOn(segment -> segment.id() == before.get(persona.name()))
          .extracting(Segment::name)
          .containsExactly(names.get(persona.name()));
    }
    assertThat(after.get("night")).isEqualTo(10);
    assertThat(after.values()).doesNotContain(before.get(BARGAIN.name()));
    // A fifth of the customers is new in kind, and cannot keep a segment.
    assertThat(metric(second, "stability")).isBetween(0.6, 0.85);
  }

  @Test
  void modelSurvivesItsTable() {
    Dataset<Row> rows = first.model().toRows(customers.sparkSession(), "segment-1");

    assertThat(SegmentModel.fromRows(rows)).contains(first.model());
    assertThat(SegmentModel.fromRows(rows.limit(0))).isEmpty();
  }

  @Test
  void customersAllAlikeGiveNoSkill() {
    PlantedPersonas alike = new PlantedPersonas(4);
    for (int i = 0; i < 60; i++) {
      alike.add("same", 10, 100, 10, 4, 12, 0.5, 0, 0, Map.of("Bakery", 1.0));
    }

    // Only recency varies, and it counts for nothing when its group does not.
    Trained trained =
        SegmentTraining.train(
            alike.dataset(),
            60,
            Optional.empty(),
            Optional.empty(),
            0,
            new com.posmodern.ai.config.SegmentSettings(
                3,
                50,
                3,
                4,
                20_000,
                10_000,
                28,
                5_000,
                12,
                1,
                5,
                7,
                new com.posmodern.ai.config.SegmentSettings.Weights(0, 1, 1, 1, 1, 1)));

    assertThat(trained.model().segments()).hasSize(1);
    assertThat(trained.evaluation().skill()).isNaN();
  }

  @Test
  void silhouetteIsReportedForEveryNumberTried() {
    assertThat(first.evaluation().metrics())
        .extracting(Metric::scope)
        .contains("k=4", "k=5", "k=6");
    assertThat(metric(first, "silhouette"))
        .isCloseTo(
            first.evaluation().metrics().stream()
                .filter(metric -> metric.scope().startsWith("k="))
                .mapToDouble(Metric::value)
                .max()
                .orElseThrow(),
            within(1e-3));
  }

  private static double metric(Trained trained, String name) {
    return trained.evaluation().metrics().stream()
        .filter(metric -> metric.candidate().equals("k_means"))
        .filter(metric -> metric.scope().equals(Metric.ALL) && metric.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Map<String, Integer> idsOf(SegmentModel model) {
    return idsOf(model, customers);
  }

  /** Which segment most customers of each persona are in. */
  private static Map<String, Integer> idsOf(SegmentModel model, Dataset<Row> customers) {
    Map<String, Integer> ids = new HashMap<>();
    SegmentScoring.assign(customers, model, 3)
        .select(CUSTOMER_ID, SEGMENT_ID)
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> persona(row.getString(0)),
                Collectors.groupingBy(row -> row.getInt(1), Collectors.counting())))
        .forEach(
            (persona, counts) ->
                ids.put(
                    persona,
                    counts.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey()));
    return ids;
  }

  private static Map<String, String> namesOf(SegmentModel model) {
    Map<String, String> names = new HashMap<>();
    idsOf(model)
        .forEach(
            (persona, id) ->
                names.put(
                    persona,
                    model.segments().stream()
                        .filter(segment -> segment.id() == id)
                        .findFirst()
                        .orElseThrow()
                        .name()));
    return names;
  }

  private static String persona(String customer) {
    return customer.substring(0, customer.indexOf('-'));
  }
}
