package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeLockTest {
  @TempDir Path folder;

  @Test
  void anErasureAndANightNeverRunTogether() throws IOException {
    LakeLock night = LakeLock.take(folder.toString(), false);
    assertThatThrownBy(() -> LakeLock.take(folder.toString(), true))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
        .hasMessageContaining("a job is writing the lake");
    night.close();
    LakeLock erasure = LakeLock.take(folder.toString(), true);
    assertThatThrownBy(() -> LakeLock.take(folder.toString(), false))
        .hasMessageContaining("customers are being erased");
    erasure.close();
    LakeLock.take(folder.toString(), false).close();
  }

  @Test
  void aLakeThatIsNotThereOrInAnObjectStoreHasNone() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    LakeLock.take(nowhere.toString(), false).close();
    LakeLock.take("s3a://bucket/lake", true).close();
    assertThat(nowhere).doesNotExist();
  }
}
