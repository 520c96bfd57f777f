package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskMemoryTest {
  @Test
  void aTaskWithoutMemoryInLocalModeFailsItsJobWithALineAndCodeFive() throws Exception {
    Process process =
        ChildJvm.builder(GreedyTask.class, List.of(), List.of("-Xmx1g"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(5);
    assertThat(said)
        .contains("error: job greedy: out of memory. Give Spark more memory, or run on a cluster.");
  }
}
