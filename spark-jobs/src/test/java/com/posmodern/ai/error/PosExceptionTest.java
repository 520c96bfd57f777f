package com.posmodern.ai.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PosExceptionTest {
  @Test
  void itSaysWhereWhatAndWhatToDoAndHasTheExitCodeOfItsKind() {
    IOException cause = new IOException("disk full");
    List<PosException> all =
        List.of(
            PosException.usage("no such key", "conf.yaml", "Remove it."),
            PosException.badData("no such key", "conf.yaml", "Remove it."),
            PosException.incomplete("no such key", "conf.yaml", "Remove it."),
            PosException.infrastructure("no such key", "conf.yaml", "Remove it.", cause));

    assertThat(all)
        .extracting(PosException::getMessage)
        .containsOnly("conf.yaml: no such key. Remove it.");
    assertThat(all)
        .extracting(PosException::exitCode)
        .containsExactly(
            ExitCode.USAGE, ExitCode.BAD_DATA, ExitCode.INCOMPLETE, ExitCode.INFRASTRUCTURE);
    assertThat(all).extracting(Throwable::getCause).containsExactly(null, null, null, cause);
  }

  /** Schedulers and scripts know these numbers. */
  @Test
  void exitCodesKeepTheirNumbers() {
    assertThat(Arrays.stream(ExitCode.values()).map(code -> code.code() + " " + code))
        .containsExactly(
            "0 OK",
            "1 INTERNAL",
            "2 USAGE",
            "3 BAD_DATA",
            "4 REJECTED_MODEL",
            "5 INFRASTRUCTURE",
            "6 INCOMPLETE");
  }

  @Test
  void memoryRanOutWhereverTheErrorIsInTheChainOfCauses() {
    OutOfMemoryError out = new OutOfMemoryError("Java heap space");
    assertThat(Memory.ranOut(out)).isTrue();
    assertThat(Memory.ranOut(new IllegalStateException(new IOException(out)))).isTrue();
    assertThat(Memory.ranOut(new IOException("disk full"))).isFalse();
    assertThat(Memory.ranOut(null)).isFalse();
  }
}
