package com.posmodern.ai.segment;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Customers whose habits are known: rows of {@code features.customer_features}. */
final class PlantedPersonas {
  private static final List<String> DEPARTMENTS =
      List.of("Bakery", "Beverages", "Cleaning", "Fresh", "Pets");

  /** One kind of customer; amounts are medians. */
  record Persona(
      String name,
      double baskets,
      double basketLines,
      double basketValue,
      double hour,
      double weekend,
      double online,
      double discount,
      String favourite) {}

  static final Persona FAMILY = new Persona("family", 80, 30, 400, 16, 0.8, 0.02, 0.08, "Cleaning");
  static final Persona EVENING =
      new Persona("evening", 60, 6, 60, 20, 0.2, 0.02, 0.04, "Beverages");
  static final Persona ONLINE = new Persona("online", 25, 20, 220, 21, 0.3, 0.9, 0.05, "Pets");
  static final Persona MORNING = new Persona("morning", 150, 4, 30, 8.5, 0.25, 0.0, 0.03, "Bakery");
  static final Persona BARGAIN = new Persona("bargain", 30, 14, 110, 14, 0.3, 0.02, 0.3, "Fresh");

  static final List<Persona> ALL = List.of(FAMILY, EVENING, ONLINE, MORNING, BARGAIN);

  private final Random random;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> truth = new HashMap<>();

  PlantedPersonas(long seed) {
    random = new Random(seed);
  }

  static Dataset<Row> of(long seed, int each, List<Persona> personas) {
    PlantedPersonas customers = new PlantedPersonas(seed);
    personas.forEach(persona -> customers.add(persona, each));
    return customers.dataset();
  }

  static SegmentSettings settings() {
    return new SegmentSettings(
        3,
        50,
        4,
        6,
        20_000,
        10_000,
        28,
        5_000,
        12,
        1,
        15,
        7,
        new SegmentSettings.Weights(1, 1, 1, 1, 1, 1));
  }

  PlantedPersonas add(Persona persona, int customers) {
    for (int i = 0; i < customers; i++) {
      double baskets = Math.max(5, Math.round(around(persona.baskets(), 0.3)));
      double value = around(persona.basketValue(), 0.2);
      add(
          persona.name(),
          baskets,
          value * baskets,
          value,
          around(persona.basketLines(), 0.2),
          clip(persona.hour() + random.nextGaussian(), 0, 23),
          share(persona.weekend()),
          share(persona.online()),
          share(persona.discount()),
          departments(persona.favourite()));
    }
    return this;
  }

  /** A customer with these figures, whatever a persona would say. */
  PlantedPersonas add(
      String persona,
      double baskets,
      double monetaryValue,
      double basketValue,
      double basketLines,
      double hour,
      double weekend,
      double online,
      double discount,
      Map<String, Double> departments) {
    String id = "%s-%05d".formatted(persona, rows.size());
    truth.put(id, persona);
    double recency = Math.floor(around(10, 0.8));
    rows.add(
        RowFactory.create(
            id,
            recency,
            baskets,
            monetaryValue,
            recency + 400,
            basketValue,
            basketLines,
            basketLines * 3,
            scala.jdk.javaapi.CollectionConverters.asScala(departments),
            scala.jdk.javaapi.CollectionConverters.asScala(departments),
            (int) hour,
            3,
            hour,
            weekend,
            discount,
            clip(discount * 2, 0, 1),
            online,
            0.01,
            "S01"));
    return this;
  }

  Map<String, String> truth() {
    return truth;
  }

  Dataset<Row> dataset() {
    // Nullable as a broken lake would be: placement has to cope.
    return ContractRows.of(Table.CUSTOMER_FEATURES, rows);
  }

  Map<String, Double> departments(String favourite) {
    Map<String, Double> shares = new HashMap<>();
    double sum = 0;
    for (String department : DEPARTMENTS) {
      double share = (department.equals(favourite) ? 3 : 1) * Math.exp(0.3 * random.nextGaussian());
      shares.put(department, share);
      sum += share;
    }
    double total = sum;
    shares.replaceAll((department, share) -> share / total);
    return shares;
  }

  private double around(double median, double spread) {
    return median * Math.exp(spread * random.nextGaussian());
  }

  private double share(double mean) {
    return clip(mean + 0.06 * random.nextGaussian(), 0, 1);
  }

  private static double clip(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
