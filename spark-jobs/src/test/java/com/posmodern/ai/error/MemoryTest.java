package com.posmodern.ai.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class MemoryTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));

  /** A program that logs a failure, then takes all memory there is. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) {
      MDC.put("job", "segment-train");
      MDC.put("as_of", "2026-06-30");
      MDC.put("run", "20260701T031500");
      LoggerFactory.getLogger(Victim.class).info("centroids \"8\"");
      LoggerFactory.getLogger("org.apache.spark.Anything").warn("not shown");
      LoggerFactory.getLogger(Victim.class).error("failed", new IllegalStateException("why"));
      List<long[]> taken = new ArrayList<>();
      try {
        while (taken.size() < Integer.MAX_VALUE) {
          taken.add(new long[1 << 20]);
        }
      } catch (OutOfMemoryError e) {
        taken.clear();
        if (Memory.ranOut(new IllegalStateException(e))) {
          Memory.end("job segment-train");
        }
      }
    }
  }

  @Test
  void theProcessEndsWithALineAndItsCodeAndLogsAreJsonWherePosLogSaysSo() throws Exception {
    Process process = victim("json");
    List<String> lines = printed(process);
    assertThat(process.waitFor()).isEqualTo(ExitCode.INFRASTRUCTURE.code());
    assertThat(lines).hasSize(3);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("message").asText()).isEqualTo("centroids \"8\"");
    assertThat(first.path("level").asText()).isEqualTo("INFO");
    assertThat(first.path("job").asText()).isEqualTo("segment-train");
    assertThat(first.path("as_of").asText()).isEqualTo("2026-06-30");
    assertThat(first.path("run").asText()).isEqualTo("20260701T031500");
    assertThat(new ObjectMapper().readTree(lines.get(1)).path("exception").asText())
        .startsWith("java.lang.IllegalStateException: why");
    assertThat(lines.get(2))
        .startsWith("error: job segment-train: out of memory")
        .contains("POS_HEAP");
  }

  @Test
  void onATerminalOnlyFailuresAreLoggedWithTheirTrace() throws Exception {
    assertThat(printed(victim("")))
        .anyMatch(line -> line.contains("ERROR MemoryTest$Victim: failed"))
        .anyMatch(line -> line.contains("at com.posmodern.ai.error.MemoryTest$Victim.main"))
        .noneMatch(line -> line.contains("centroids"));
  }

  @Test
  void aTaskOfAnotherMachineTakesNothingWithIt() {
    assertThat(
            Memory.ranOut(
                new SparkException("Job aborted", new OutOfMemoryError("Java heap space"))))
        .isFalse();
    assertThat(Memory.ranOut(new Error(new StackOverflowError()))).isFalse();
  }

  private static Process victim(String log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Dlog4j2.configurationFile=" + ROOT.resolve("conf/log4j2.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectErrorStream(true);
    builder.environment().remove("POS_LOG");
    if (!log.isEmpty()) {
      builder.environment().put("POS_LOG", log);
    }
    return builder.start();
  }

  private static List<String> printed(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }
}
