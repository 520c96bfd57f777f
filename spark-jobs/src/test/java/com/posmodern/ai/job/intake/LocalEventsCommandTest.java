package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.config.LocalEventSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.source.events.EventAnswer;
import com.posmodern.ai.source.events.EventChanges.Belief;
import com.posmodern.ai.source.events.EventSource;
import com.posmodern.ai.source.events.GeoPoint;
import com.posmodern.ai.source.events.LocalEvent;
import com.posmodern.ai.source.events.RefusedEvent;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake whose events were imported before there were sources of them. */
class LocalEventsCommandTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final LocalEventSettings SETTINGS =
      new LocalEventSettings(
          30,
          60,
          "America/Sao_Paulo",
          new CallSettings(60, 1, 1, 1),
          List.of(source("town"), source("tickets")));

  @TempDir private Path folder;

  private static EventSourceSettings source(String name) {
    return new EventSourceSettings.Calendar(
        name, "x.ics", 5, new WithoutPosition(false, List.of(), List.of()));
  }

  private Lake lake() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    LakeWriter writer = new LakeWriter(lake);
    writer.replaceSource(
        Table.STORES,
        ContractRows.select(
            Table.STORES,
            "SELECT 'S1' AS store_id, 'Centro' AS store_name, 'São Paulo' AS city, 'SP' AS region,"
                + " 'America/Sao_Paulo' AS time_zone, -23.55D AS latitude, -46.63D AS longitude"));
    writer.replaceSource(
        Table.LOCAL_EVENTS,
        ContractRows.select(
            Table.LOCAL_EVENTS,
            "SELECT 'E1' AS event_id, 'S1' AS store_id, DATE'2026-12-24' AS starts_on,"
                + " DATE'2026-12-24' AS ends_on, 'Imported' AS event_name"));
    return lake;
  }

  private static LocalEvent event(String id, int inDays) {
    return new LocalEvent(
        id,
        "Show",
        TODAY.plusDays(inDays),
        TODAY.plusDays(inDays),
        Optional.of(new GeoPoint(-23.56, -46.63)),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        LocalEvent.Status.PLANNED);
  }

  private static EventSource telling(LocalEvent... events) {
    return time -> new EventAnswer(List.of(events), List.of());
  }

  private static EventSource tellingNonsenseToo(LocalEvent event) {
    return time ->
        new EventAnswer(List.of(event), List.of(new RefusedEvent("line 7", "no day", "{}")));
  }

  private static final EventSource AWAY =
      time -> {
        throw PosException.infrastructure("it says HTTP 503", "tickets", "Wait.", null);
      };

  private static String run(Lake lake, LocalDate day, Map<String, EventSource> sources) {
    return new LocalEventsCommand(
            lake,
            SETTINGS,
            (source, stores) -> sources.get(source.name()),
            Belief.IF_PLAUSIBLE,
            Clock.fixed(Instant.parse(day + "T04:30:00Z"), ZoneOffset.UTC),
            step -> {})
        .run();
  }

  private static List<String> rows(Lake lake) {
    return lake
        .read(Table.LOCAL_EVENTS)
        .selectExpr("concat_ws(' ', event_id, starts_on, known_from, distance_km)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void eventsComeChangeAndGoAndASourceThatFailsKeepsItsOwn() {
    Lake lake = lake();

    String first =
        run(
            lake,
            TODAY,
            Map.of("town", tellingNonsenseToo(event("a", 5)), "tickets", telling(event("b", 9))));

    assertThat(first).contains("2 sources").contains("2 rows of an event and a store new");
    List<String> known =
        List.of(
            "E1 2026-12-24",
            "tickets:b 2026-12-07 2026-11-27 1.1",
            "town:a 2026-12-03 2026-11-27 1.1");
    assertThat(rows(lake)).isEqualTo(known);

    long version = lake.version(Table.LOCAL_EVENTS);
    run(lake, TODAY, Map.of("town", telling(event("a", 5)), "tickets", telling(event("b", 9))));
    assertThat(lake.version(Table.LOCAL_EVENTS)).as("a second run").isEqualTo(version);
    assertThat(lake.read(Table.QUARANTINE).selectExpr("table_name", "reasons[0]").collectAsList())
        .extracting(row -> row.mkString(" "))
        .containsExactly("local-events/town no day");

    PosException e =
        catchThrowableOfType(
            PosException.class,
            () ->
                run(
                    lake,
                    TODAY.plusDays(1),
                    Map.of("town", telling(event("c", 7)), "tickets", AWAY)));
    assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(rows(lake))
        .as("imported rows are nobody's")
        .containsExactly(
            "E1 2026-12-24",
            "tickets:b 2026-12-07 2026-11-27 1.1",
            "town:c 2026-12-05 2026-11-28 1.1");
  }
}
