package com.posmodern.ai.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BedrockTest {
  private FakeBedrock fake;
  private Bedrock bedrock;

  @BeforeEach
  void start() throws IOException {
    fake = new FakeBedrock();
    bedrock =
        new Bedrock(
            fake.url(),
            "sa-east-1",
            "maker.model-v1:0",
            500,
            3,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            SignedRequests.open(
                name -> name.equals("AWS_SESSION_TOKEN") ? null : "secret",
                InstantSource.system()));
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void aSignedQuestionIsAnswered() {
    fake.say("Olá");
    assertThat(bedrock.converse("rules", "task").text()).contains("Olá");
    assertThat(fake.questions()).hasSize(1);
    assertThat(fake.questions().get(0).at("/system/0/text").asText()).isEqualTo("rules");
    assertThat(fake.questions().get(0).at("/messages/0/content/0/text").asText()).isEqualTo("task");
    assertThat(fake.questions().get(0).at("/inferenceConfig/temperature").asInt(9)).isZero();
  }

  @Test
  void aServiceThatAsksForPatienceIsAskedAgain() {
    fake.fail(429, "ThrottlingException");
    fake.fail(503, "ServiceUnavailableException");
    fake.say("Olá");
    assertThat(bedrock.converse("rules", "task").text()).contains("Olá");
  }

  @Test
  void whatDoesNotEndWellHasAReason() {
    for (int i = 0; i < 3; i++) {
      fake.fail(429, "ThrottlingException");
    }
    assertThat(bedrock.converse("rules", "task").absence())
        .isEqualTo("Bedrock says HTTP 429, ThrottlingException");
    fake.fail(403, "AccessDeniedException");
    assertThat(bedrock.converse("rules", "task").absence())
        .as("not asked again")
        .isEqualTo("Bedrock says HTTP 403, AccessDeniedException");
    fake.say("half a te", "max_tokens");
    assertThat(bedrock.converse("rules", "task").absence())
        .isEqualTo("the model ended its answer with 'max_tokens'");
    fake.sayRaw("<html>");
    assertThat(bedrock.converse("rules", "task").text()).isEmpty();
    fake.sayRaw("{\"stopReason\":\"end_turn\",\"output\":[]}");
    assertThat(bedrock.converse("rules", "task").absence())
        .isEqualTo("the model's answer has no text");
    fake.close();
    assertThat(bedrock.converse("rules", "task").absence()).isEqualTo("Bedrock does not answer");
  }
}
