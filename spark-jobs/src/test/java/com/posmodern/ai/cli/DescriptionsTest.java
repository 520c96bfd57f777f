package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionsTest {
  @Test
  void describeAsJsonNamesEveryJobWithItsTables() throws Exception {
    JsonNode jobs = new ObjectMapper().readTree(Described.as("--json"));
    List<String> names = new ArrayList<>();
    jobs.forEach(job -> names.add(job.get("job").textValue()));
    assertThat(names).containsExactlyElementsOf(Jobs.catalogue().keySet());

    JsonNode publish = jobs.get(names.indexOf("publish"));
    assertThat(publish.get("writes"))
        .extracting(JsonNode::textValue)
        .containsExactly("ops.publication_switches", "ops.publications");
    assertThat(publish.get("reads_if_present"))
        .extracting(JsonNode::textValue)
        .contains("results.demand_forecast", "results.segment_profiles");
    assertThat(publish.get("runs_after_failure").booleanValue()).isFalse();
    assertThat(jobs.get(names.indexOf("report")).get("runs_after_failure").booleanValue()).isTrue();
  }
}
