package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.HistoryWriter;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.night.KeyStamp;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With another key than the lake's no customer is found, which must not look like success. */
class KeyOfTheLakeTest {
  private static final PseudonymKey OTHER = PseudonymKey.of("another-key-of-the-tests-0123456789");

  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {CommandLine.ERASE_CUSTOMER, CommandLine.EXPORT_CUSTOMER, CommandLine.SEND})
  void isNeededByCommandsThatLookCustomersUp(String command) {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new HistoryWriter(lake, new KeyStamp(lake, OTHER)::of)
        .replace(
            Table.ACCEPTED_SALES,
            none(Table.ACCEPTED_SALES),
            new HistoryWriter.Scope(Optional.empty(), true),
            new Standing(AS_OF, Map.of(), ""));
    new LakeWriter(lake, new KeyStamp(lake, OTHER)::of)
        .replace(
            Table.CAMPAIGN_MESSAGES,
            AS_OF,
            none(Table.CAMPAIGN_MESSAGES).drop("as_of_date"),
            Map.of());
    LakeCommands commands =
        new LakeCommands(
            lake,
            TestSettings.read(),
            Invocation.empty().withCommand(command),
            new PrintStream(OutputStream.nullOutputStream()),
            Clock.systemUTC());

    assertThatThrownBy(
            () ->
                commands.run(
                    Map.of(),
                    null,
                    Optional.of(new ErasedCustomers(Set.of("C1"), PseudonymKey.ofEnvironment()))))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(OTHER.fingerprint());
  }

  private static Dataset<Row> none(Table table) {
    return SparkTest.session()
        .createDataFrame(List.of(), Contracts.of(table).schema().asNullable());
  }
}
