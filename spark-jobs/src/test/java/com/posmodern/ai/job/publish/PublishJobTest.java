package com.posmodern.ai.job.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.PostgresServer;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publish job and the way back, on tables that no model made. */
@Tag("external")
class PublishJobTest {
  private static final String DATABASE = "publish_test";
  private static final String SCORES =
      "SELECT concat_ws(' ', max(as_of_date), sum(score)::int) FROM pos.product_recommendations";

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private TillNights nights;
  private Settings settings;

  @BeforeEach
  void emptyLakeAndDatabase() throws SQLException {
    nights = new TillNights(folder.resolve("lake"));
    settings = withTill(PostgresServer.database(DATABASE));
  }

  @Test
  void aNightIsShownToEveryReaderAndAnOlderOnePutBack() throws SQLException {
    nights.night(1, 10);
    assertThat(publish(1).outcome()).isEqualTo(Outcome.OK);
    String first = Publication.id(TillNights.asOf(1), "night1");
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-02 1105");
    nights.night(2, 20);
    assertThat(publish(2).message()).contains("3 of 10 result tables");
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-03 1310");

    command().list();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            Publication.id(TillNights.asOf(2), "night2"), "seen by till, bi", first);
    command().putBack(first, "back");
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-02 1105");
    command().list();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern(first + ".*seen by till, bi");
    assertThat(
            nights
                .lake()
                .read(Table.PUBLICATION_SWITCHES)
                .select(Columns.READER, Columns.PUBLICATION_ID, Columns.REASON)
                .collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(2))
        .containsExactlyInAnyOrder(
            "till night", "till night", "bi night", "bi night", "till put_back", "bi put_back");
  }

  @Test
  void theGatesVerdictIsRecordedWithTheTable() {
    nights.night(1, 10);
    new LakeWriter(nights.lake())
        .replace(
            Table.MODEL_REGISTRY,
            TillNights.asOf(1),
            ContractRows.select(
                Table.MODEL_REGISTRY,
                """
                    SELECT 'recommend' AS model, 'recommend-1' AS model_version, true AS accepted,
                      'recommend-1' AS champion_version, 'better than the baseline' AS verdict,
                      0.4D AS skill, map('rank', '8') AS parameters,
                      map('features/x', '1') AS data_versions, 1.5D AS seconds,
                      'abc' AS git_commit"""),
            Map.of());
    publish(1);
    assertThat(
            nights
                .lake()
                .read(Table.PUBLICATIONS)
                .where("table_name = 'product_recommendations'")
                .select(Columns.MODEL_VERSION, Columns.VERDICT, Columns.SKILL)
                .head()
                .toString())
        .isEqualTo("[recommend-1,better than the baseline,0.4]");
  }

  @Test
  void aTillThatRefusesLeavesEveryReaderWithTheFormerPublication() throws SQLException {
    nights.night(1, 10);
    publish(1);
    Settings refusing =
        withTill(
            new PublishSettings.Postgres(
                true, "jdbc:postgresql://127.0.0.1:1/x", "pos_loader", "pos_reader", 2, 0.3));
    nights.night(2, 20);
    JobReport report = publish(2, refusing);
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(report.message()).contains("127.0.0.1:1").contains("previous publication");
    assertThat(PostgresServer.asTill(DATABASE, SCORES)).isEqualTo("2026-06-02 1105");
    command().list();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("seen by till, bi")
        .doesNotContain(Publication.id(TillNights.asOf(2), "night2"));
  }

  @Test
  void anUnknownPublicationIsNamedWithThoseThatAreKnown() {
    nights.night(1, 10);
    publish(1);
    assertThatThrownBy(() -> command().putBack("20260601_none", "back"))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(Publication.id(TillNights.asOf(1), "night1"));
  }

  private PublicationCommand command() {
    return new PublicationCommand(nights.lake(), settings, out);
  }

  private JobReport publish(int number) {
    return publish(number, settings);
  }

  private JobReport publish(int number, Settings with) {
    Run run =
        new Run(
            "night" + number,
            TillNights.asOf(number),
            with,
            PseudonymKey.ofEnvironment(),
            "0000000");
    Clock clock = Clock.systemUTC();
    return new JobRunner(run, nights.lake(), new Progress(out, clock), clock).run(new PublishJob());
  }

  private static Settings withTill(PublishSettings.Postgres till) {
    Settings file = TestSettings.read();
    return TestSettings.with(new PublishSettings(3, till, file.publish().bi()), file.maintenance());
  }
}
