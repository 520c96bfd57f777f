package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListMetricsTest {
  /** Expected values from a few lines of Python over the same lists, written independently. */
  @Test
  void valuesEqualThoseComputedInPython() {
    ListMetrics metrics = new ListMetrics(20);
    metrics.add(new int[] {3, 1, 7, 9}, new int[] {1, 9, 50});
    metrics.add(new int[] {2, 4}, new int[] {5});
    metrics.add(
        IntStream.range(100, 120).toArray(),
        new int[] {101, 105, 110, 111, 119, 300, 301, 302, 303, 304, 305, 306});
    metrics.add(new int[] {8}, new int[] {8});
    metrics.add(new int[] {8}, new int[0]);
    assertThat(metrics.customers()).isEqualTo(4);
    Map<String, Double> values =
        metrics.ofCandidate("published", Metric.ALL).stream()
            .collect(Collectors.toMap(Metric::name, Metric::value));
    assertThat(values.get("precision@10")).isCloseTo(0.125, within(1e-9));
    assertThat(values.get("recall@10")).isCloseTo(0.4583333333333333, within(1e-9));
    assertThat(values.get("recall@20")).isCloseTo(0.5208333333333333, within(1e-9));
    assertThat(values.get("ndcg@10")).isCloseTo(0.4288624925796607, within(1e-9));
    assertThat(values.get("map")).isCloseTo(0.3685290404040404, within(1e-9));
  }
}
