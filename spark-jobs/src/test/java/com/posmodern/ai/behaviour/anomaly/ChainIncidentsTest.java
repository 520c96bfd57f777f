package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One item of a chain in which five stores sell it. */
class ChainIncidentsTest {
  private static final int STORES = 5;

  private final List<FoundIncident> incidents = new ArrayList<>();

  @Test
  void whatHalfOfTheStoresHaveIsOneIncidentAndAStoreFarFromThemKeepsItsOwn() {
    incident("one", true, 1, 3, 200);
    incident("two", true, 3, 5, 180);
    incident("three", true, 5, 5, 900);
    List<FoundIncident> found = ChainIncidents.merged(incidents, STORES);
    assertThat(found)
        .extracting(FoundIncident::store)
        .containsExactlyInAnyOrder(DemandAnomalies.ALL, "three");
    FoundIncident chain = of(DemandAnomalies.ALL, found);
    assertThat(chain.incident().first()).isEqualTo(1);
    assertThat(chain.incident().last()).isEqualTo(5);
    assertThat(chain.incident().observed()).isEqualTo(200 + 180 + 900);
    assertThat(chain.incident().expected()).isEqualTo(300);
    assertThat(chain.incident().deviations()).isCloseTo(3 * 5 / Math.sqrt(3), within(1e-9));
    assertThat(chain.incident().basis()).isEqualTo(Basis.HISTORY);
    assertThat(chain.money()).isEqualTo(30);
    assertThat(chain.cause().evidence()).isEqualTo("in 3 of 5 stores; seen");
    assertThat(of("three", found).incident().observed()).isEqualTo(900);
  }

  @Test
  void fewerStoresOtherDirectionsMeasuresAndDaysStayApart() {
    incident("one", true, 1, 3, 200);
    incident("two", true, 3, 5, 180);
    incident("three", false, 3, 5, 20);
    incident("four", true, 6, 7, 200);
    incident("five", Measure.RETURNS, true, 3, 5, 200);
    assertThat(ChainIncidents.merged(incidents, STORES))
        .extracting(FoundIncident::store)
        .containsExactlyInAnyOrder("one", "two", "three", "four", "five");
  }

  @Test
  void pricesDoNotAddUp() {
    incident("one", Measure.PRICE, true, 1, 3, 200);
    incident("two", Measure.PRICE, true, 1, 3, 180);
    incident("three", Measure.PRICE, true, 2, 3, 220);
    List<FoundIncident> found = ChainIncidents.merged(incidents, STORES);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).incident().observed()).isCloseTo(200, within(1e-9));
    assertThat(found.get(0).incident().expected()).isCloseTo(100, within(1e-9));
  }

  @Test
  void aNewPriceOfTheChainIsNoIncidentButAStoreFarFromItIs() {
    incident("one", Measure.PRICE, true, 1, 3, 120);
    incident("two", Measure.PRICE, true, 1, 3, 125);
    incident("three", Measure.PRICE, true, 2, 3, 1200);
    assertThat(ChainIncidents.merged(incidents, STORES))
        .extracting(FoundIncident::store)
        .containsExactly("three");
  }

  private void incident(String store, boolean above, int first, int last, double seen) {
    incident(store, Measure.DEMAND, above, first, last, seen);
  }

  private void incident(
      String store, Measure measure, boolean above, int first, int last, double seen) {
    incidents.add(
        new FoundIncident(
            store,
            measure,
            new Incident(first, last, seen, 100, 80, 120, above ? 5 : -5, Basis.HISTORY),
            10,
            new Cause.Found(Cause.UNKNOWN, "seen")));
  }

  private static FoundIncident of(String store, List<FoundIncident> found) {
    return found.stream().filter(one -> one.store().equals(store)).findFirst().orElseThrow();
  }
}
