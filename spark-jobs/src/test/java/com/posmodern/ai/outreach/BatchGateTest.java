package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchGateTest {
  private static final Permissions READ = new Permissions(3, -1, List.of());

  @Test
  void itIsOpenWhileNothingChanges() {
    assertThat(new BatchGate(() -> false, () -> new Permissions(3, -1, List.of()), READ).isShut())
        .isFalse();
  }

  @Test
  void consentSuppressionsAndTheKillSwitchShutItForGood() {
    assertThat(new BatchGate(() -> true, () -> READ, READ).isShut()).isTrue();
    assertThat(new BatchGate(() -> false, () -> new Permissions(4, -1, List.of()), READ).isShut())
        .isTrue();
    AtomicInteger looks = new AtomicInteger();
    BatchGate suppressed =
        new BatchGate(
            () -> false,
            () -> looks.incrementAndGet() == 1 ? new Permissions(3, 0, List.of()) : READ,
            READ);
    assertThat(suppressed.isShut()).isTrue();
    assertThat(suppressed.isShut()).as("though it is as before again").isTrue();
  }

  @Test
  void itLooksAtMostFourTimesASecond() {
    AtomicInteger looks = new AtomicInteger();
    BatchGate gate =
        new BatchGate(
            () -> {
              looks.incrementAndGet();
              return false;
            },
            () -> READ,
            READ);
    long until = System.nanoTime() + 600_000_000L;
    while (System.nanoTime() < until) {
      assertThat(gate.isShut()).isFalse();
    }
    assertThat(looks.get()).isBetween(2, 3);
  }

  @Test
  void whatCannotBeAskedIsNotPermitted() {
    assertThat(
            new BatchGate(
                    () -> {
                      throw new IOException("no storage");
                    },
                    () -> READ,
                    READ)
                .isShut())
        .isTrue();
    assertThat(
            new BatchGate(
                    () -> false,
                    () -> {
                      throw PosException.badData("gone", "table", "bring it back");
                    },
                    READ)
                .isShut())
        .isTrue();
  }
}
