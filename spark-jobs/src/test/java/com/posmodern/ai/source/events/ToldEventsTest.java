package com.posmodern.ai.source.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.events.EventChanges.Belief;
import com.posmodern.ai.source.events.LocalEvent.Status;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which stores events concern, and what changes from one day to the next. */
class ToldEventsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final LocalDate SEEN = TODAY.minusDays(1);
  private static final EventTime TIME =
      new EventTime(TODAY.minusDays(30), TODAY, TODAY.plusDays(60), ZoneId.of("America/Sao_Paulo"));
  private static final GeoPoint CENTRE = new GeoPoint(-23.5505, -46.6333);

  private static final List<StorePlace> STORES =
      List.of(
          StorePlace.of("S1", -23.5505, -46.6233, "São Paulo", "SP"),
          StorePlace.of("S2", -23.6005, -46.6333, "SAO PAULO", "SP"),
          StorePlace.of("S3", -22.9068, -43.1729, "Rio de Janeiro", "RJ"),
          StorePlace.of("S4", null, null, null, null));

  private static NearbyStores nearby(WithoutPosition otherwise) {
    return new NearbyStores(
        new EventSourceSettings.Calendar("town", "x.ics", 5, otherwise), STORES);
  }

  private static final NearbyStores BY_CITY =
      nearby(new WithoutPosition(true, List.of(), List.of()));

  private static LocalEvent event(String id, LocalDate starts, LocalDate ends) {
    return event(id, starts, ends, Optional.of(CENTRE), "", Status.PLANNED);
  }

  private static LocalEvent event(
      String id,
      LocalDate starts,
      LocalDate ends,
      Optional<GeoPoint> point,
      String place,
      Status status) {
    return new LocalEvent(
        id,
        "Show",
        starts,
        ends,
        point,
        Optional.of(place).filter(text -> !text.isEmpty()),
        OptionalLong.of(1000),
        Optional.empty(),
        status);
  }

  private static LocalEvent somewhere(String id, String place) {
    return event(id, TODAY, TODAY, Optional.empty(), place, Status.PLANNED);
  }

  private static ToldEvents told(LocalEvent... events) {
    return ToldEvents.of("town", new EventAnswer(List.of(events), List.of()), BY_CITY, TIME);
  }

  @Test
  void distanceIsThatOfTheGreatCircle() {
    // São Paulo to Rio, and half a meridian.
    assertThat(CENTRE.kilometresTo(new GeoPoint(-22.9068, -43.1729))).isCloseTo(360.7, within(0.5));
    assertThat(new GeoPoint(90, 0).kilometresTo(new GeoPoint(-90, 17)))
        .isCloseTo(20_015.1, within(0.1));
    assertThat(CENTRE.kilometresTo(CENTRE)).isZero();
  }

  @Test
  void anEventConcernsTheStoresWithinTheRadius() {
    // S2 is 5.6 km away.
    EventRow row = told(event("a", TODAY, TODAY.plusDays(1))).rows().get(0);

    assertThat(told(event("a", TODAY, TODAY)).rows()).hasSize(1);
    assertThat(row.storeId()).isEqualTo("S1");
    assertThat(row.kilometres()).contains(1.0);
    assertThat(row.eventId()).isEqualTo("town:a");
    assertThat(row.attendance()).contains(1000L);
  }

  @Test
  void withoutAPositionTheSettingsSayWhichStores() {
    assertThat(told(somewhere("a", "Parque Ibirapuera, São Paulo - SP")).rows())
        .extracting(EventRow::storeId)
        .containsExactly("S1", "S2");
    NearbyStores named = nearby(new WithoutPosition(true, List.of("S4"), List.of("RJ")));
    assertThat(named.of(somewhere("a", "Niterói")).orElseThrow())
        .extracting(NearbyStores.Near::storeId)
        .containsExactly("S3", "S4");
    assertThat(
            catchThrowableOfType(
                PosException.class,
                () -> nearby(new WithoutPosition(false, List.of("S9"), List.of()))))
        .hasMessageContaining("without_position.stores names S9")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void everyEventToldIsCountedOnce() {
    EventAnswer answer =
        new EventAnswer(
            List.of(
                event("near", TODAY, TODAY),
                event("near", TODAY.plusDays(1), TODAY.plusDays(1)),
                event("past", TODAY.minusDays(60), TODAY.minusDays(31)),
                event("late", TODAY.plusDays(61), TODAY.plusDays(61)),
                event("far", TODAY, TODAY, Optional.of(new GeoPoint(1, 1)), "", Status.PLANNED),
                event("online", TODAY, TODAY, Optional.empty(), "", Status.ONLINE),
                event("off", TODAY, TODAY, Optional.of(CENTRE), "", Status.CANCELLED),
                somewhere("where", "Osasco")),
            List.of(new RefusedEvent("line 3", "no day", "{}")));

    ToldEvents told = ToldEvents.of("town", answer, BY_CITY, TIME);

    assertThat(told.counts()).isEqualTo(new ToldEvents.Counts(9, 1, 4, 1, 1, 2));
    assertThat(told.counts())
        .hasToString(
            "9 told: 1 near stores, 4 elsewhere or at another time, 1 cancelled, 1 told twice, 2 refused");
    assertThat(told.rows()).extracting(EventRow::startsOn).containsExactly(TODAY.plusDays(1));
    assertThat(told.refused())
        .extracting(RefusedEvent::reason)
        .containsExactly("no day", "it has no position, and no store is where it is");
  }

  @Test
  void aSourceOfWhichNothingCanBeUsedHasAnotherShape() {
    assertThat(catchThrowableOfType(PosException.class, () -> told(somewhere("a", "Osasco"))))
        .hasMessageContaining("none of the 1 events")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.BAD_DATA);
    assertThat(told().rows()).isEmpty();
  }

  private static List<EventRow> after(
      List<EventRow> former, LocalDate today, LocalEvent... events) {
    EventChanges changes =
        EventChanges.of(former, told(events), today, today.minusDays(1), Belief.IF_PLAUSIBLE);
    List<EventRow> rows = new ArrayList<>(former);
    changes.changed().forEach(row -> rows.removeIf(old -> old.key().equals(row.key())));
    rows.addAll(changes.changed());
    rows.removeAll(changes.removed());
    return rows;
  }

  @Test
  void anEventIsKnownFromTheDayOnWhichItWasSeenOrAnnounced() {
    LocalEvent announced =
        new LocalEvent(
            "a",
            "Show",
            TODAY,
            TODAY,
            Optional.of(CENTRE),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.of(TODAY.minusDays(20)),
            Status.PLANNED);
    assertThat(after(List.of(), TODAY, announced).get(0).knownFrom()).contains(TODAY.minusDays(20));
    List<EventRow> first =
        after(List.of(), TODAY, event("a", TODAY.plusDays(9), TODAY.plusDays(9)));
    assertThat(first.get(0).knownFrom()).contains(SEEN);

    List<EventRow> same =
        after(first, TODAY.plusDays(5), event("a", TODAY.plusDays(9), TODAY.plusDays(9)));
    assertThat(same).as("kept").isEqualTo(first);
    List<EventRow> moved =
        after(first, TODAY.plusDays(5), event("a", TODAY.plusDays(8), TODAY.plusDays(8)));
    assertThat(moved).hasSize(1);
    assertThat(moved.get(0).startsOn()).isEqualTo(TODAY.plusDays(8));
    assertThat(moved.get(0).knownFrom()).as("nobody knew").contains(TODAY.plusDays(4));
  }

  @Test
  void whatIsNotToldOfAnyMoreIsRemovedFromTodayOn() {
    List<EventRow> former =
        after(
            List.of(),
            TODAY,
            event("past", TODAY.minusDays(3), TODAY.minusDays(3)),
            event("begun", TODAY.minusDays(3), TODAY.plusDays(3)),
            event("off", TODAY.minusDays(3), TODAY.plusDays(3)),
            event("coming", TODAY, TODAY));

    List<EventRow> rows =
        after(
            former,
            TODAY,
            event(
                "off",
                TODAY.minusDays(3),
                TODAY.plusDays(3),
                Optional.of(CENTRE),
                "",
                Status.CANCELLED));

    assertThat(rows)
        .extracting(row -> row.eventId() + " " + row.endsOn())
        .containsExactlyInAnyOrder(
            "town:past " + TODAY.minusDays(3),
            "town:begun " + TODAY.plusDays(3),
            "town:off " + TODAY.minusDays(1));
  }

  @Test
  void whatTookPlaceStaysWhenItIsHeldAgain() {
    List<EventRow> former = after(List.of(), TODAY, event("fair", TODAY, TODAY));
    LocalDate later = TODAY.plusDays(20);

    List<EventRow> again =
        after(former, later, event("fair", later.plusDays(5), later.plusDays(5)));

    assertThat(again)
        .extracting(row -> row.startsOn() + " " + row.knownFrom().orElseThrow())
        .containsExactly(TODAY + " " + SEEN, later.plusDays(5) + " " + later.minusDays(1));
    assertThat(after(again, later, event("fair", later.plusDays(5), later.plusDays(5))))
        .as("told once more")
        .isEqualTo(again);
  }

  @Test
  void anAnswerThatLacksMostOfWhatWasKnownIsNotBelievedUnlessOneSaysSo() {
    LocalEvent[] events =
        IntStream.range(0, 19)
            .mapToObj(i -> event("e" + i, TODAY, TODAY))
            .toArray(LocalEvent[]::new);
    List<EventRow> former = after(List.of(), TODAY, events);
    ToldEvents few = told(java.util.Arrays.copyOf(events, 9));

    assertThat(
            catchThrowableOfType(
                PosException.class,
                () -> EventChanges.of(former, few, TODAY, SEEN, Belief.IF_PLAUSIBLE)))
        .hasMessageContaining("10 of 19 events to come")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.BAD_DATA);
    assertThat(EventChanges.of(former, few, TODAY, SEEN, Belief.WHATEVER_IT_SAYS).removed())
        .hasSize(10);
    ToldEvents most = told(java.util.Arrays.copyOf(events, 10));
    assertThat(EventChanges.of(former, most, TODAY, SEEN, Belief.IF_PLAUSIBLE).removed())
        .as("less than half, and few")
        .hasSize(9);
  }
}
