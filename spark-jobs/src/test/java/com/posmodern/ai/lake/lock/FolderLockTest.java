package com.posmodern.ai.lake.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final Instant NOW = Instant.parse("2026-07-01T02:15:00Z");

  @TempDir Path folder;

  @Test
  void aSecondWriterIsToldWhoTheFirstIs() throws IOException {
    try (WriterLock night = take("nightly")) {
      assertThat(night).isNotNull();
      assertThatThrownBy(() -> take("maintain"))
          .isInstanceOfSatisfying(
              PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
          .hasMessageContaining("another process is writing the lake: nightly, process ")
          .hasMessageContaining("since 2026-07-01T02:15:00Z");
    }
    take("erase-customer").close();
  }

  @Test
  void theLockOfAKilledProcessIsFree() throws IOException, InterruptedException {
    Process holder = ChildJvm.start(Holder.class, List.of(folder.toString()));
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> take("nightly"))
          .hasMessageContaining("import, process " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    take("nightly").close();
  }

  @Test
  void aLakeThatIsNotThereOrInAnObjectStoreHasNone() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    FolderLock.take(nowhere.toString(), "nightly", NOW).close();
    FolderLock.take("s3a://bucket/lake", "nightly", NOW).close();
    assertThat(nowhere).doesNotExist();
  }

  private WriterLock take(String command) throws IOException {
    return FolderLock.take(folder.toString(), command, NOW);
  }

  /** Takes the lock of the lake named, says so, and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    @SuppressWarnings("try") // holding the lock is all it is for
    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (WriterLock lock = FolderLock.take(arguments[0], "import", NOW)) {
        System.out.println("held");
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }
}
