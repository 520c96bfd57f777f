package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.outreach.answer.Answered;
import com.posmodern.ai.outreach.answer.Answered.Stop;
import com.posmodern.ai.outreach.answer.Answers;
import com.posmodern.ai.outreach.answer.BadAnswer;
import com.posmodern.ai.outreach.answer.Landed;
import com.posmodern.ai.outreach.answer.SnsNotices;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of SES in notifications of SNS that AWS signed. */
class SesAnswersTest {
  private static final Instant AT = Instant.parse("2025-06-10T13:00:00Z");

  @TempDir private static Path folder;
  private static SnsTopic topic;

  @BeforeAll
  static void subscribe() throws Exception {
    topic = new SnsTopic(folder);
  }

  @AfterAll
  static void end() throws IOException {
    topic.close();
  }

  @Test
  void aPermanentBounceEndsTheAddressAndAPassingOneNothing() {
    Answered gone = read(bounce("Permanent", "Ann@Example.com")).orElseThrow();
    assertThat(gone.kind()).isEqualTo("bounced");
    assertThat(gone.reference()).contains("ref1");
    assertThat(gone.stop()).contains(Stop.BOUNCED);
    assertThat(gone.contact()).contains("ann@example.com");
    assertThat(gone.channel()).contains(Channel.EMAIL);
    assertThat(gone.eventId()).isEqualTo("ses/m1/Bounce/2025-06-10T12:00:00.000Z");
    assertThat(gone.toString()).doesNotContain("ann");
    Answered full = read(bounce("Transient", "ann@example.com")).orElseThrow();
    assertThat(full.stop()).isEmpty();
    assertThat(full.contact()).isEmpty();
  }

  @Test
  void aComplaintEndsAllAndTheRestIsCounted() {
    Answered complaint =
        read(event(
                "Complaint", "\"complainedRecipients\":[{\"emailAddress\":\"ann@example.com\"}]"))
            .orElseThrow();
    assertThat(complaint.kind()).isEqualTo("complained");
    assertThat(complaint.stop()).contains(Stop.COMPLAINED);
    assertThat(read(event("Open", "\"ipAddress\":\"x\"")).orElseThrow().kind()).isEqualTo("opened");
    assertThat(read(event("Delivery", "\"x\":1")).orElseThrow().kind()).isEqualTo("delivered");
    assertThat(read(event("Send", "\"x\":1"))).isEmpty();
    assertThat(read(event("DeliveryDelay", "\"x\":1"))).isEmpty();
  }

  @Test
  void aSubscriptionToOurTopicIsConfirmed() {
    int before = topic.confirmations();
    SnsTrust trust = topic.trust(InstantSource.fixed(AT));
    ReadAnswers read = new ReadAnswers();
    read.add("f", List.of(landed(topic.confirmation()).line()), answers(trust, read::confirmLater));
    assertThat(topic.confirmations()).as("before the answers are kept").isEqualTo(before);
    read.confirm(trust::confirm);
    assertThat(topic.confirmations()).isEqualTo(before + 1);
    assertThat(read.refused()).isEmpty();
  }

  @Test
  void anExpiredConfirmationIsRefusedAndHoldsUpNobody() {
    SnsTrust trust = topic.trust(InstantSource.fixed(AT));
    ReadAnswers read = new ReadAnswers();
    List<String> lines =
        List.of(
            landed(topic.confirmation()).line(),
            landed(topic.notification(bounce("Permanent", "ann@example.com"))).line());
    read.add("f", lines, answers(trust, read::confirmLater));
    topic.confirmationStatus(404);
    try {
      read.confirm(trust::confirm);
    } finally {
      topic.confirmationStatus(200);
    }
    assertThat(read.answers()).hasSize(1);
    assertThat(read.refused()).isEqualTo(Map.of("f", Map.of(1, "CONFIRMATION_EXPIRED")));
    assertThat(read.silent()).isZero();
    assertThat(read.waits("f")).isFalse();
    assertThat(read.failure()).isEmpty();
  }

  @Test
  void aConfirmationThatAwsFailsAtIsTriedAgain() {
    SnsTrust trust = topic.trust(InstantSource.fixed(AT));
    ReadAnswers read = new ReadAnswers();
    read.add("f", List.of(landed(topic.confirmation()).line()), answers(trust, read::confirmLater));
    topic.confirmationStatus(503);
    try {
      read.confirm(trust::confirm);
    } finally {
      topic.confirmationStatus(200);
    }
    assertThat(read.waits("f")).isTrue();
    assertThat(read.failure()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void withoutTheCertificateAnAnswerWaitsAndTheOthersAreRead(int status) {
    SnsTrust trust = topic.trust(InstantSource.fixed(AT));
    Answers answers = answers(trust, address -> {});
    ReadAnswers read = new ReadAnswers();
    String genuine = landed(topic.notification(bounce("Permanent", "ann@example.com"))).line();
    topic.certificateStatus(status);
    try {
      read.add("f", List.of(genuine), answers);
      read.add("g", List.of(landed("{}").line()), answers);
    } finally {
      topic.certificateStatus(200);
    }
    assertThat(read.waits("f")).isTrue();
    assertThat(read.waits("g")).isFalse();
    assertThat(read.refused()).isEqualTo(Map.of("g", Map.of(1, "UNREADABLE")));
    assertThat(read.failure().orElseThrow().getMessage()).contains("does not hand out");
    ReadAnswers next = new ReadAnswers();
    next.add("f", List.of(genuine), answers(topic.trust(InstantSource.fixed(AT)), address -> {}));
    assertThat(next.answers()).hasSize(1);
  }

  @Test
  void aCertificateThatIsNotThereIsNoReasonToWait() {
    Answers answers = answers(topic.trust(InstantSource.fixed(AT)), address -> {});
    ReadAnswers read = new ReadAnswers();
    topic.certificateStatus(403);
    try {
      read.add(
          "f",
          List.of(landed(topic.notification(bounce("Permanent", "ann@example.com"))).line()),
          answers);
    } finally {
      topic.certificateStatus(200);
    }
    assertThat(read.waits("f")).isFalse();
    assertThat(read.failure()).isEmpty();
    assertThat(read.refused()).isEqualTo(Map.of("f", Map.of(1, "BAD_SIGNATURE")));
  }

  @Test
  void whatIsForgedOrOfAnotherTopicOrCannotBeReadIsRefused() {
    String good = topic.notification(bounce("Permanent", "ann@example.com"));
    refused(good.replace("ann@", "bob@"), "BAD_SIGNATURE");
    refused(good.replace("pos-mail", "evil-mail"), "BAD_SIGNATURE");
    refused(good.replace("sns.sa-east-1", "sns.evil-1"), "BAD_SIGNATURE");
    refused(good.replace("amazonaws.com", "amazonaws.com.evil.org"), "BAD_SIGNATURE");
    refused(good.replace("0123456789abcdef.pem", "fedcba9876543210.pem"), "BAD_SIGNATURE");
    refused(good.replace("cdef.pem", "cdef.pem?x=1"), "BAD_SIGNATURE");
    refused(good.replace("SimpleNotificationService-", "other/"), "BAD_SIGNATURE");
    refused(
        good.replace("\"SignatureVersion\":\"2\"", "\"SignatureVersion\":\"1\""), "BAD_SIGNATURE");
    refused(topic.confirmation().replace("/confirm", "/elsewhere"), "BAD_SIGNATURE");
    refused("{}", "UNREADABLE");
    refused("{", "UNREADABLE");
    refused(topic.notification("no JSON"), "UNREADABLE");
    refused(topic.notification(event("Dance", "\"x\":1")), "UNKNOWN_EVENT");
    refused(
        topic.notification(event("Open", "\"x\":1").replace("pos_reference", "x")), "NO_REFERENCE");
    assertThatThrownBy(
            () ->
                new Answers("", Map.of(), token -> Optional.empty(), Optional.empty())
                    .read(landed(good)))
        .hasMessage("UNKNOWN_SOURCE");
  }

  @Test
  void whenAwsIsAwayNothingIsRefused() {
    SnsTrust away =
        new SnsTrust(
            Duration.ofSeconds(1),
            InstantSource.fixed(AT),
            address -> URI.create("http://127.0.0.1:1/"));
    Answers answers =
        new Answers(
            "",
            Map.of(),
            token -> Optional.empty(),
            Optional.of(new SnsNotices(SnsTopic.ARN, away::key, address -> {})));
    assertThatThrownBy(() -> answers.read(landed(topic.notification("{}"))))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("AWS cannot be reached");
  }

  static String bounce(String type, String address) {
    return event(
        "Bounce",
        "\"bounceType\":\"%s\",\"bouncedRecipients\":[{\"emailAddress\":\"%s\"}]"
            .formatted(type, address));
  }

  private static String event(String type, String part) {
    return "{\"eventType\":\"%s\",\"mail\":{\"messageId\":\"m1\",\"destination\":[\"x@example.com\"],\"tags\":{\"pos_reference\":[\"ref1\"]}},\"%s\":{\"timestamp\":\"2025-06-10T12:00:00.000Z\",%s}}"
        .formatted(type, type.toLowerCase(java.util.Locale.ROOT), part);
  }

  private static Optional<Answered> read(String event) {
    return answers().read(landed(topic.notification(event)));
  }

  private static Landed landed(String body) {
    return new Landed("ses", "1", AT, "", "", body);
  }

  private static void refused(String body, String reason) {
    Landed landed = landed(body);
    assertThatThrownBy(() -> answers().read(landed))
        .isInstanceOf(BadAnswer.class)
        .hasMessage(reason);
  }

  private static Answers answers() {
    return answers(topic.trust(InstantSource.fixed(AT)), address -> {});
  }

  private static Answers answers(SnsTrust trust, Consumer<URI> confirm) {
    return new Answers(
        "",
        Map.of(),
        token -> Optional.empty(),
        Optional.of(new SnsNotices(SnsTopic.ARN, trust::key, confirm)));
  }
}
