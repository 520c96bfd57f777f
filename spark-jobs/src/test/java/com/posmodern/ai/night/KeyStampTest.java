package com.posmodern.ai.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ResultRows;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStampTest {
  private static final PseudonymKey OWN = PseudonymKey.ofEnvironment();
  private static final PseudonymKey OTHER = PseudonymKey.of("another-key-of-the-tests-0123456789");

  private static final LocalDate DATE = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  @Test
  void aTableOfAnotherKeyIsRefusedBeforeTheTwoAreMixed() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    KeyStamp stamp = new KeyStamp(lake, OWN);
    stamp.requireOwn(Table.CUSTOMER_SEGMENTS);
    LakeWriter writer = new LakeWriter(lake, stamp::of);
    writer.replace(Table.CUSTOMER_SEGMENTS, DATE, ResultRows.segments("s", "c"), Map.of());
    // The stamp has no commit of its own.
    assertThat(lake.version(Table.CUSTOMER_SEGMENTS)).isZero();
    writer.replace(Table.CUSTOMER_SEGMENTS, DATE, ResultRows.segments("s", "c"), Map.of());
    assertThat(lake.version(Table.CUSTOMER_SEGMENTS)).isEqualTo(1);
    stamp.requireOwn(Table.CUSTOMER_SEGMENTS);
    assertThatThrownBy(() -> new KeyStamp(lake, OTHER).requireOwn(Table.CUSTOMER_SEGMENTS))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(OWN.fingerprint())
        .hasMessageContaining(OTHER.fingerprint())
        .hasMessageContaining("docs/personal-data.md");
  }

  @Test
  void aTableWithoutAStampGetsOneWithItsNextRows() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replace(Table.CUSTOMER_SEGMENTS, DATE, ResultRows.segments("s", "c"), Map.of());
    new LakeWriter(lake, new KeyStamp(lake, OWN)::of)
        .replace(Table.CUSTOMER_SEGMENTS, DATE, ResultRows.segments("s", "c"), Map.of());
    assertThatThrownBy(() -> new KeyStamp(lake, OTHER).requireOwn(Table.CUSTOMER_SEGMENTS))
        .hasMessageContaining(OWN.fingerprint());
  }
}
