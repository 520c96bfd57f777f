package com.posmodern.ai.behaviour.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.behaviour.live.Alert.State;
import com.posmodern.ai.config.LiveSettings.Watch;
import com.posmodern.ai.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Three stores that sell 30 receipts of 40 each an hour, from 08:30 to 21:30 in São Paulo. */
class ShopFloorTest {
  private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
  private static final LocalDate DAY = LocalDate.parse("2026-11-26");
  private static final List<String> STORES = List.of("A", "B", "C");
  private static final Watch SETTINGS = TestSettings.read().live().watch();

  private final ShopFloor floor = new ShopFloor(SETTINGS);
  private final Alerts alerts = new Alerts(SETTINGS);
  private final SplittableRandom random = new SplittableRandom(7);
  private double money = 40;

  @Test
  void ordinaryDaysRaiseNoAlarm() {
    assertThat(replay(at(0, 0), at(72, 0), (store, now) -> true)).isEmpty();
  }

  @Test
  void aStoreThatStopsIsFoundWithinAnHourAndClosedByItsFirstReceipt() {
    List<Alert> heard =
        replay(
            at(6, 0),
            at(20, 0),
            (store, now) -> !(store.equals("B") && within(now, at(14, 0), at(16, 0))));
    assertThat(heard).extracting(Alert::state).containsExactly(State.OPEN, State.CLOSED);
    Alert stop = heard.get(0);
    assertThat(stop.finding().store()).isEqualTo("B");
    assertThat(stop.finding().kind()).isEqualTo(AlertKind.STOP);
    assertThat(stop.finding().beganAt()).isBetween(at(13, 45), at(14, 0));
    assertThat(stop.detectedAt()).isBetween(at(14, 5), at(15, 0));
    assertThat(stop.finding().money()).isBetween(300.0, 1600.0);
    assertThat(heard.get(1).id()).isEqualTo(stop.id());
  }

  @Test
  void nightsAndClosedDaysAreSilent() {
    List<StoreProfile> profiles = profiles();
    profiles.get(0).closedOn(DAY);
    floor.expect(profiles);
    assertThat(heard(at(6, 0), at(30, 0), (store, now) -> !store.equals("A"))).isEmpty();
  }

  @Test
  void aBurstIsOneAlert() {
    for (Instant now = at(10, 0); now.isBefore(at(10, 30)); now = now.plusSeconds(15)) {
      floor.add("C", StoreSlots.number(now), 1, money, now);
    }
    List<Alert> heard = replay(at(6, 0), at(20, 0), (store, now) -> true);
    assertThat(heard)
        .filteredOn(alert -> alert.finding().kind() == AlertKind.BURST)
        .extracting(alert -> alert.finding().store(), Alert::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("C", State.OPEN),
            org.assertj.core.groups.Tuple.tuple("C", State.CLOSED));
  }

  @Test
  void tenTimesTheMoneyIsAlertedThoughReceiptsAreAsMany() {
    money = 400;
    List<Alert> heard = replay(at(6, 0), at(12, 0), (store, now) -> true);
    assertThat(heard).hasSize(3).allMatch(alert -> alert.finding().kind() == AlertKind.REVENUE);
  }

  @Test
  void aStoreThatSellsAFifthIsSlow() {
    List<Alert> heard =
        replay(at(6, 0), at(13, 0), (store, now) -> !store.equals("A") || random.nextInt(5) == 0);
    assertThat(heard)
        .extracting(alert -> alert.finding().store(), alert -> alert.finding().kind())
        .contains(org.assertj.core.groups.Tuple.tuple("A", AlertKind.SLOW))
        .allMatch(found -> found.toList().get(0).equals("A"));
  }

  @Test
  void allStoresSilentAreOneAlert() {
    List<Alert> heard = replay(at(6, 0), at(16, 0), (store, now) -> now.isBefore(at(14, 0)));
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).finding().store()).isEqualTo(Finding.ALL);
  }

  @Test
  void whatComesBackWithinTheQuietPeriodIsTheSameAlert() {
    Instant begin = at(14, 0);
    Finding finding =
        new Finding("A", AlertKind.BURST, Finding.ALL, begin, begin, 10, "20 receipts");
    Alert opened = alerts.changed(List.of(finding), begin).get(0);
    assertThat(alerts.changed(List.of(finding), begin.plusSeconds(60))).isEmpty();
    Instant later = begin.plus(Duration.ofMinutes(20));
    assertThat(alerts.changed(List.of(), later))
        .extracting(Alert::state)
        .containsOnly(State.CLOSED);
    Alert again = alerts.changed(List.of(finding), later.plusSeconds(60)).get(0);
    assertThat(again).isEqualTo(opened);
    assertThat(alerts.open()).containsExactly(opened);
    Instant nextDay = later.plus(Duration.ofHours(20));
    alerts.changed(List.of(), nextDay);
    Finding other =
        new Finding("A", AlertKind.BURST, Finding.ALL, nextDay, nextDay, 10, "20 receipts");
    assertThat(alerts.changed(List.of(other), nextDay.plus(Duration.ofHours(2))))
        .extracting(Alert::id)
        .doesNotContain(opened.id());
  }

  private List<Alert> replay(Instant from, Instant until, BiPredicate<String, Instant> sells) {
    floor.expect(profiles());
    return heard(from, until, sells);
  }

  /** A receipt every two minutes, more or less. */
  private List<Alert> heard(Instant from, Instant until, BiPredicate<String, Instant> sells) {
    List<Alert> heard = new ArrayList<>();
    for (Instant now = from; now.isBefore(until); now = now.plusSeconds(60)) {
      for (String store : STORES) {
        int minute = now.atZone(ZONE).getHour() * 60 + now.atZone(ZONE).getMinute();
        boolean open = minute >= 8 * 60 + 30 && minute < 21 * 60 + 30;
        if (open && random.nextBoolean() && sells.test(store, now)) {
          floor.add(store, StoreSlots.number(now), 1, money, now);
        }
      }
      heard.addAll(alerts.changed(floor.findings(now), floor.arrived(now)));
    }
    return heard;
  }

  private static List<StoreProfile> profiles() {
    List<StoreProfile> profiles = new ArrayList<>();
    for (String store : STORES) {
      StoreProfile profile = new StoreProfile(store, ZONE);
      for (int day = 0; day < 7; day++) {
        for (int hour = 8; hour <= 21; hour++) {
          boolean half = hour == 8 || hour == 21;
          double receipts = half ? 15 : 30;
          profile.with(
              new StoreProfile.Hour(
                  day * 24 + hour,
                  hour == 8 ? 30 : 0,
                  hour == 21 ? 29 : 59,
                  receipts,
                  Math.sqrt(receipts + 0.02 * receipts * receipts),
                  receipts * 40,
                  receipts * 8));
        }
      }
      profiles.add(profile);
    }
    return profiles;
  }

  private static Instant at(int hour, int minute) {
    return DAY.atStartOfDay(ZONE)
        .toInstant()
        .plus(Duration.ofHours(hour))
        .plusSeconds(minute * 60L);
  }

  private static boolean within(Instant now, Instant from, Instant until) {
    return !now.isBefore(from) && now.isBefore(until);
  }
}
