package com.posmodern.ai.source.sample;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The invented retailer as {@code sample/retailer.yaml} describes it. */
record Retailer(
    List<City> cities,
    List<Persona> personas,
    List<Category> categories,
    Map<String, List<String>> brands,
    List<Affinity> affinities,
    Map<String, EventEffect> events) {

  record City(
      String city,
      String region,
      String timeZone,
      double latitude,
      double longitude,
      double temperature,
      double swing,
      int wetMonth,
      double size) {}

  /** A way of shopping; {@code departments} are shares of the lines. */
  record Persona(
      String name,
      double share,
      double visitsPerYear,
      double basketLines,
      double hour,
      List<Double> weekdays,
      double promotionAffinity,
      double onlineShare,
      double returnRate,
      Map<String, Double> departments) {}

  record Category(
      String department,
      String category,
      double share,
      List<Double> price,
      double summer,
      double heat,
      double weekend,
      double bulk,
      boolean byWeight,
      List<String> nouns,
      List<String> variants,
      List<String> sizes) {}

  record Affinity(String category, String with, double strength) {}

  record EventEffect(int daysBefore, double runUp, double day, Map<String, Double> categories) {}

  static Retailer read() {
    try (InputStream file = Retailer.class.getResourceAsStream("/sample/retailer.yaml")) {
      return YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build()
          .readValue(file, Retailer.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  City city(int store) {
    return cities.get(store % cities.size());
  }

  /** Share of a category in the lines of all personas. */
  double categoryShare(int c) {
    Category category = categories.get(c);
    double lines = 0;
    double all = 0;
    for (Persona persona : personas) {
      double volume = persona.share() * persona.visitsPerYear() * persona.basketLines();
      all += volume;
      lines += volume * persona.departments().getOrDefault(category.department(), 0.0);
    }
    return category.share() * lines / all;
  }

  int categoryIndex(String name) {
    for (int i = 0; i < categories.size(); i++) {
      if (categories.get(i).category().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("sample/retailer.yaml has no category " + name);
  }
}
