package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.model.Metric;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchesTest {
  private static Metric metric(String scope, String candidate, String name, double value) {
    return new Metric(candidate, scope, name, value, !candidate.equals("published"), false);
  }

  private static NightReport.Model model(Metric... metrics) {
    return new NightReport.Model("forecast", "v", true, "", Optional.empty(), List.of(metrics));
  }

  @Test
  void eachKindThatWasJudgedIsShownBesideItsSimpleMethods() {
    List<Launches> launches =
        Launches.of(
            model(
                metric("new_store", "published", "wape", 0.9),
                metric("new_store", "published", "days", 40),
                metric("new_store", "mean_of_stores", "wape", 1.5),
                metric("new_store", "category_launches", "wape", 2.5),
                metric("new_store", "category_launches", "rmse", 7),
                metric("new_product", "published", "wape", 1.1),
                metric("new_product", "published", "days", 1200),
                metric("newly_listed", "published", "wape", Double.NaN),
                metric("newly_listed", "published", "days", 10),
                metric("all", "published", "wape", 0.5)));

    assertThat(launches).extracting(Launches::kind).containsExactly("new product", "new store");
    assertThat(launches).extracting(Launches::days).containsExactly(1200L, 40L);
    assertThat(launches).extracting(Launches::wape).containsExactly(1.1, 0.9);
    assertThat(launches)
        .extracting(Launches::beside)
        .containsExactly("", "2.50 category launches, 1.50 mean of stores");
  }

  @Test
  void aLaunchIsNoPartOfTheComparisonOfAllSeries() {
    NightReport.Model model =
        model(
            metric("new_store", "published", "wape", 0.1),
            metric("new_store", "mean_of_stores", "wape", 0.05),
            metric("all", "published", "wape", 0.5),
            metric("all", "zero", "wape", 1));

    assertThat(Comparison.of(model)).hasSize(1);
    assertThat(Comparison.of(model).get(0).own().value()).isEqualTo(0.5);
    assertThat(Comparison.of(model).get(0).best()).isEqualTo("1.00 zero");
    assertThat(Comparison.others(model)).isEmpty();
    assertThat(Comparison.of(model).get(0).of(model.metrics(), "mean_of_stores")).isEmpty();
    assertThat(Launches.of(model)).as("without a number of days").isEmpty();
  }
}
