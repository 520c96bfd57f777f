package com.posmodern.ai.source.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.CsvColumns;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.api.FakeService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file as towns in Brazil publish them: semicolons, Latin letters, commas in numbers. */
class EventTableTest {
  private static final EventTime TIME =
      new EventTime(
          LocalDate.of(2026, 11, 1),
          LocalDate.of(2026, 11, 28),
          LocalDate.of(2026, 12, 31),
          ZoneId.of("America/Sao_Paulo"));

  private static final String HEADER = "Evento;Início;Fim;Lat;Lon;Local;Público;Divulgado\n";

  @TempDir private Path folder;

  private static EventAnswer ask(String file, String encoding) {
    CsvColumns columns =
        new CsvColumns(
            "", "Evento", "Início", "Fim", "Lat", "Lon", "Local", "Público", "Divulgado");
    return new EventTable(
            new EventSourceSettings.Csv(
                "town",
                file,
                ";",
                encoding,
                "dd/MM/yyyy",
                columns,
                5,
                new WithoutPosition(true, List.of(), List.of())),
            new TextFiles(new CallSettings(60_000, 2, 1, 5), new Configuration(false)))
        .ask(TIME);
  }

  private EventAnswer ask(String text) throws IOException {
    Path file = folder.resolve("town.csv");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    return ask(file.toString(), "ISO-8859-1");
  }

  @Test
  void aLineIsAnEvent() throws IOException {
    EventAnswer answer =
        ask(
            HEADER
                + "Feira;05/12/2026;07/12/2026;-23,5505;-46,6333;São Paulo;12.500;01/10/2026\n"
                + "\"Festa; dia 2\";06/12/2026;;;;\"Osasco\";;\n");

    LocalEvent fair = answer.events().get(0);
    assertThat(fair.id()).isEqualTo("Feira@São Paulo@2026-12-05");
    assertThat(fair.ends()).isEqualTo("2026-12-07");
    assertThat(fair.point()).contains(new GeoPoint(-23.5505, -46.6333));
    assertThat(fair.attendance()).isEqualTo(OptionalLong.of(12_500));
    assertThat(fair.published()).contains(LocalDate.of(2026, 10, 1));
    LocalEvent feast = answer.events().get(1);
    assertThat(feast.name()).isEqualTo("Festa; dia 2");
    assertThat(feast.ends()).isEqualTo("2026-12-06");
    assertThat(feast.point()).isEmpty();
    assertThat(feast.place()).contains("Osasco");
    assertThat(answer.refused()).isEmpty();
  }

  @Test
  void aLineThatCannotBeReadIsRefusedAloneWithItsReason() throws IOException {
    EventAnswer answer =
        ask(
            HEADER
                + "a;05/12/2026;;;;;;\n"
                + ";05/12/2026;;;;;;\n"
                + "b;;;;;;;\n"
                + "c;31/11/2026;;;;;;\n"
                + "d;05/12/2026;04/12/2026;;;;;\n"
                + "e;05/12/2026;;91;-46;;;\n"
                + "f;05/12/2026;;x;-46;;;\n"
                + "g;05/12/2026;;;;;cerca de mil;\n"
                + "h;05/12/2026\n");

    assertThat(answer.events()).extracting(LocalEvent::name).containsExactly("a");
    assertThat(answer.refused())
        .extracting(refused -> refused.key() + ": " + refused.reason())
        .containsExactly(
            "line 3: it has no Evento",
            "line 4: it has no Início",
            "line 5: Início is no day as dd/MM/yyyy: 31/11/2026",
            "line 6: it ends before it begins",
            "line 7: 91.0, -46.0 is no place",
            "line 8: Lat is no number: x",
            "line 9: Público is no whole number: cerca de mil",
            "line 10: it has more or fewer cells than the header");
    assertThat(answer.refused().get(2).told()).contains("\"Evento\":\"c\"");
  }

  @Test
  void anotherHeaderAnotherEncodingAndAnEmptyFileAreBadData() throws IOException {
    assertThat(refused("Evento;Inicio\n")).contains("no column 'Início'; it has Evento, Inicio");
    assertThat(refused("")).contains("is empty");
    Path file = folder.resolve("town.csv");
    Files.write(file, HEADER.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(catchThrowableOfType(PosException.class, () -> ask(file.toString(), "UTF-8")))
        .hasMessageContaining("not in UTF-8")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.BAD_DATA);
  }

  private String refused(String text) {
    PosException e = catchThrowableOfType(PosException.class, () -> ask(text));
    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    return e.getMessage();
  }

  @Test
  void aFileOnTheNetworkIsAskedForAgainAndItsAddressIsNotShown() {
    try (FakeService fake = new FakeService()) {
      fake.says(503, "")
          .says(200, HEADER + "a;05/12/2026;;;;;;\n")
          .says(403, "")
          .says(404, "")
          .says(500, "")
          .says(500, "");
      String address = fake.url() + "/secret.csv";

      assertThat(ask(address, "UTF-8").events()).hasSize(1);
      for (ExitCode code : List.of(ExitCode.USAGE, ExitCode.BAD_DATA, ExitCode.INFRASTRUCTURE)) {
        assertThat(catchThrowableOfType(PosException.class, () -> ask(address, "UTF-8")))
            .hasMessageContaining("town")
            .hasMessageNotContaining("secret")
            .extracting(PosException::exitCode)
            .isEqualTo(code);
      }
    }
  }
}
