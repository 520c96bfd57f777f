package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.behaviour.live.Finding.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
import com.posmodern.ai.behaviour.live.Rates.Rate;
import com.posmodern.ai.config.LiveSettings.Watch;
import com.posmodern.ai.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two stores with a receipt a minute each, every tenth with product P, every third at till T. */
class ItemFloorTest {
  private static final Watch SETTINGS = TestSettings.read().live().watch();
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Place PRODUCT = new Place(ALL, "P");
  private static final Place TILL = new Place("A", "T");

  private final ShopFloor floor = new ShopFloor(SETTINGS);
  private final ItemFloor items = new ItemFloor(SETTINGS.items());
  private final SplittableRandom random = new SplittableRandom(11);

  ItemFloorTest() {
    items.expect(
        new Rates()
            .with(Kind.PRODUCT, PRODUCT, new Rate(0.1, 0.05))
            .with(Kind.TILL, TILL, new Rate(1 / 3.0, 0.05))
            .with(Kind.CART, new Place("A", ALL), new Rate(0.6, 0.005))
            .with(Kind.CUSTOMER, new Place(ALL, ALL), new Rate(0.05, 1)));
  }

  @Test
  void ordinaryHoursRaiseNoAlarm() {
    assertThat(heard(600, 0.1, 1 / 3.0)).isEmpty();
  }

  @Test
  void aProductThatEverybodyBuysIsFound() {
    assertThat(heard(120, 0.1, 1 / 3.0)).isEmpty();
    List<Finding> found = heard(120, 180, 0.9, 1 / 3.0);
    assertThat(found).isNotEmpty().allMatch(one -> one.kind() == AlertKind.PRODUCT);
    assertThat(found.get(0).item()).isEqualTo("P");
    assertThat(found.get(0).foundAt()).isBefore(NOON.plus(Duration.ofMinutes(150)));
    assertThat(found.get(0).evidence()).contains("receipts within", "with product P, where");
  }

  @Test
  void aTillThatIsSilentWhileItsStoreSellsIsFoundAndItsNextReceiptEndsIt() {
    heard(120, 0.1, 1 / 3.0);
    List<Finding> found = heard(120, 240, 0.1, 0);
    assertThat(found).isNotEmpty().allMatch(one -> one.kind() == AlertKind.TILL);
    assertThat(found.get(0)).returns("A", Finding::store).returns("T", Finding::item);
    assertThat(found.get(0).beganAt()).isBetween(NOON.plusSeconds(6000), NOON.plusSeconds(7200));
    receipt(Kind.TILL, TILL, NOON.plusSeconds(240 * 60), 1);
    assertThat(heard(241, 242, 0.1, 0)).isEmpty();
  }

  @Test
  void aCustomerWithTenReceiptsIsFoundAndNamedByPseudonymOnly() {
    heard(120, 0.1, 1 / 3.0);
    for (int i = 0; i < 10; i++) {
      receipt(Kind.CUSTOMER, new Place(ALL, "pseudonym"), NOON.plusSeconds(7200 + 60L * i), 1);
    }
    List<Finding> found = heard(120, 140, 0.1, 1 / 3.0);
    assertThat(found).isNotEmpty().allMatch(one -> one.kind() == AlertKind.CUSTOMER);
    assertThat(found.get(0).item()).isEqualTo("pseudonym");
    assertThat(found.get(0).evidence()).doesNotContain("pseudonym");
    assertThat(found.get(0).money()).isPositive();
  }

  @Test
  void cartsThatNobodyBuysAreFound() {
    heard(120, 0.1, 1 / 3.0);
    for (int i = 0; i < 60; i++) {
      Instant at = NOON.plusSeconds(7200 + 30L * i);
      items.addCart("C" + i, "A", at, at);
      if (i < 24) {
        receipt(Kind.CUSTOMER, new Place(ALL, "C" + i), at.plusSeconds(60), 1);
      }
    }
    assertThat(heard(120, 185, 0.1, 1 / 3.0)).as("60 % are usual").isEmpty();
    for (int i = 0; i < 60; i++) {
      Instant at = NOON.plusSeconds(12_000 + 30L * i);
      items.addCart("D" + i, "A", at, at);
    }
    List<Finding> found = heard(185, 300, 0.1, 1 / 3.0);
    assertThat(found).isNotEmpty().allMatch(one -> one.kind() == AlertKind.CART);
    assertThat(found.get(0).store()).isEqualTo("A");
  }

  @Test
  void whatIsNotOfTheLastHourIsForgotten() {
    ItemSlots<String> slots = new ItemSlots<>(2);
    slots.add("a", 1, 1, 5);
    slots.add("b", 2, 1, 5);
    slots.add("c", 2, 1, 5);
    slots.add("a", 2, 2, 5);
    assertThat(slots.keys()).as("of two at most").containsExactlyInAnyOrder("a", "b");
    assertThat(slots.count("a", 1, 3)).isEqualTo(3);
    assertThat(slots.money("a", 2, 3)).isEqualTo(5);
    slots.forget(2);
    assertThat(slots.count("a", 0, 9)).isEqualTo(2);
    slots.forget(3);
    assertThat(slots.keys()).isEmpty();
  }

  @Test
  void theChanceOfAShareIsBinomialWhereHoursDoNotDiffer() {
    assertThat(ShareTail.atLeast(10, 10, new Rate(0.5, 0)))
        .isCloseTo(Math.pow(0.5, 10), org.assertj.core.api.Assertions.within(1e-5));
    assertThat(ShareTail.atLeast(0, 10, new Rate(0.5, 0.1)))
        .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(ShareTail.atLeast(10, 10, new Rate(0.5, 0.2))).isGreaterThan(0.01);
  }

  private List<Finding> heard(int minutes, double withProduct, double atTill) {
    return heard(0, minutes, withProduct, atTill);
  }

  private List<Finding> heard(int from, int until, double withProduct, double atTill) {
    List<Finding> heard = new ArrayList<>();
    for (int minute = from; minute < until; minute++) {
      Instant now = NOON.plusSeconds(60L * minute);
      for (String store : List.of("A", "B")) {
        floor.add(store, StoreSlots.number(now), 1, 20, now);
        if (random.nextDouble() < withProduct) {
          receipt(Kind.PRODUCT, PRODUCT, now, 1);
        }
      }
      if (random.nextDouble() < atTill) {
        receipt(Kind.TILL, TILL, now, 1);
      }
      receipt(Kind.CUSTOMER, new Place(ALL, "of minute " + minute), now, 1);
      heard.addAll(items.findings(floor, floor.arrived(now)));
    }
    return heard;
  }

  private void receipt(Kind kind, Place place, Instant at, int receipts) {
    items.add(kind, place, StoreSlots.number(at), receipts, 20, at);
  }
}
