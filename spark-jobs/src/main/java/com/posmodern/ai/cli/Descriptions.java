package com.posmodern.ai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.posmodern.ai.night.Job;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The jobs' declarations: as JSON, from which the DAGs are compiled and against which they are
 * checked, and as text for people.
 */
final class Descriptions {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** One job; tables as {@code layer.table}, sorted. */
  record Description(
      String job,
      String purpose,
      List<String> reads,
      List<String> readsIfPresent,
      List<String> writes,
      boolean runsAfterFailure) {}

  private Descriptions() {}

  /** A list of {@link Description}, in the catalogue's order. */
  static String json(Collection<Job> jobs) {
    try {
      return JSON.writeValueAsString(jobs.stream().map(Descriptions::of).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description cannot be written as JSON", e);
    }
  }

  /** What each job is for and which tables it reads and writes, for people. */
  static String text(Collection<Job> jobs) {
    StringBuilder text = new StringBuilder();
    for (Description job : jobs.stream().map(Descriptions::of).toList()) {
      text.append(
          String.format(
              """
              %s: %s
                reads            %s
                reads if present %s
                writes           %s
              """,
              job.job(),
              job.purpose(),
              listed(job.reads()),
              listed(job.readsIfPresent()),
              listed(job.writes())));
    }
    return text.toString();
  }

  private static String listed(List<String> tables) {
    return tables.isEmpty() ? "-" : String.join(" ", tables);
  }

  private static Description of(Job job) {
    return new Description(
        job.name(),
        job.spec().purpose(),
        names(job.spec().inputs()),
        names(job.spec().optionalInputs()),
        names(job.outputs()),
        job.spec().runsAfterFailure());
  }

  private static List<String> names(Set<?> tables) {
    return tables.stream().map(Object::toString).sorted().toList();
  }
}
