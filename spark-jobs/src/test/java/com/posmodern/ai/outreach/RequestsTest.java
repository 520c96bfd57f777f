package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.Channels;
import com.posmodern.ai.outreach.channel.Envelope;
import com.posmodern.ai.outreach.channel.MessageChannel;
import com.posmodern.ai.outreach.channel.Signature;
import com.posmodern.ai.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the answers of providers mean for a message. */
class RequestsTest {
  private final FakeProvider fake = new FakeProvider();

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void aProviderThatAsksForPatienceIsAskedAgain() {
    fake.failWith(429, 503);
    assertThat(send(Channel.SMS, OutreachSettings.Provider.TWILIO, 1).state())
        .isEqualTo(State.SENT);
    assertThat(fake.requests()).isEqualTo(3);
    assertThat(fake.delivered()).hasSize(1);
  }

  @Test
  void whatNobodyTookWaitsForTheNextRunAndIsGivenUpInTheLast() {
    fake.failWith(429, 429, 429, 429, 429, 429);
    Attempt first = send(Channel.SMS, OutreachSettings.Provider.TWILIO, 1);
    assertThat(first.state()).isEqualTo(State.DEFERRED);
    assertThat(first.reason()).isEqualTo("HTTP 429, code 20429");
    Attempt last = send(Channel.SMS, OutreachSettings.Provider.TWILIO, 2);
    assertThat(last.state()).isEqualTo(State.FAILED);
    assertThat(last.reason()).startsWith("given up: ");
    assertThat(fake.delivered()).isEmpty();
  }

  @Test
  void aRefusalIsFinal() {
    fake.failWith(400);
    Attempt refused = send(Channel.SMS, OutreachSettings.Provider.TWILIO, 1);
    assertThat(refused.state()).isEqualTo(State.FAILED);
    assertThat(refused.reason()).isEqualTo("HTTP 400, code 20429");
    assertThat(fake.requests()).isEqualTo(1);
  }

  @Test
  void anErrorOfAGatewayIsDoubtExceptWhereTheReferenceIsTakenOnce() {
    fake.deliverBeforeFailing();
    fake.failWith(502);
    assertThat(send(Channel.TELEGRAM, OutreachSettings.Provider.WEBHOOK, 1).state())
        .isEqualTo(State.IN_DOUBT);
    fake.failWith(502);
    assertThat(send(Channel.SMS, OutreachSettings.Provider.TWILIO, 1).state())
        .isEqualTo(State.IN_DOUBT);
    fake.failWith(502);
    assertThat(send(Channel.EMAIL, OutreachSettings.Provider.WEBHOOK, 1).state())
        .isEqualTo(State.SENT);
    assertThat(fake.delivered()).as("one of each").hasSize(3);
  }

  @Test
  void twilioIsAskedBeforeADoubtfulMessageIsSentAgain() {
    fake.deliverBeforeFailing();
    fake.failWith(500);
    Attempt doubtful = send(Channel.SMS, OutreachSettings.Provider.TWILIO, 1);
    Attempt settled =
        send(Channel.SMS, OutreachSettings.Provider.TWILIO, 2, Optional.of(doubtful.at()));
    assertThat(settled.state()).isEqualTo(State.SENT);
    assertThat(settled.providerId()).isEqualTo("SM0");
    assertThat(fake.delivered()).hasSize(1);
  }

  @Test
  void telegramCannotBeAsked() {
    Attempt settled =
        send(Channel.TELEGRAM, OutreachSettings.Provider.WEBHOOK, 2, Optional.of(Instant.EPOCH));
    assertThat(settled.state()).isEqualTo(State.IN_DOUBT);
    assertThat(settled.at()).isEqualTo(Instant.EPOCH);
    assertThat(fake.requests()).isZero();
  }

  @Test
  void aProviderThatIsAwayTookNothing() {
    fake.close();
    Attempt away = send(Channel.SMS, OutreachSettings.Provider.TWILIO, 1);
    assertThat(away.state()).isEqualTo(State.DEFERRED);
    assertThat(away.reason()).isEqualTo("no connection to the provider");
  }

  @Test
  void theWebhookIsSignedWithItsMoment() {
    assertThat(send(Channel.EMAIL, OutreachSettings.Provider.WEBHOOK, 1).state())
        .isEqualTo(State.SENT);
    Map<String, String> headers = fake.headers().get(0);
    assertThat(headers.get("X-pos-signature")).matches("t=[0-9]+,v1=[0-9a-f]{64}");
    Signature signature = Signature.sha256("secret");
    String stamped = signature.stamped(1_000, "text");
    assertThat(signature.isStamped(stamped, "text", Instant.ofEpochSecond(1_200))).isTrue();
    assertThat(signature.isStamped(stamped, "text", Instant.ofEpochSecond(1_400))).isFalse();
    assertThat(signature.isStamped(stamped, "texts", Instant.ofEpochSecond(1_000))).isFalse();
    assertThat(Signature.sha256("other").isStamped(stamped, "text", Instant.ofEpochSecond(1_000)))
        .isFalse();
  }

  @Test
  void neitherAddressNorTextIsPrinted() {
    Envelope envelope = TestMessages.of(Channel.SMS, 1, Optional.empty()).envelope();
    assertThat(envelope.toString()).doesNotContain("99999").doesNotContain("Olá");
  }

  @Test
  void aMissingSecretIsNamed() {
    OutreachSettings settings =
        fake.settings(
            Settings.read(TestSettings.file()).outreach(), OutreachSettings.Provider.TWILIO);
    assertThatThrownBy(() -> Channels.open(settings, name -> null, InstantSource.system()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("environment variable TWILIO_ACCOUNT_SID")
        .hasMessageContaining("channel WHATSAPP needs it");
  }

  @Test
  void nothingLeavesThroughAShutGateAndNothingIsGivenUpForIt() {
    Attempt last =
        requests(Channel.SMS, OutreachSettings.Provider.TWILIO)
            .send(TestMessages.of(Channel.SMS, 2, Optional.empty()), () -> true);
    assertThat(last.state()).isEqualTo(State.DEFERRED);
    assertThat(last.reason()).startsWith("held back");
    Attempt doubtful =
        requests(Channel.EMAIL, OutreachSettings.Provider.WEBHOOK)
            .send(TestMessages.of(Channel.EMAIL, 2, Optional.of(Instant.EPOCH)), () -> true);
    assertThat(doubtful.state()).as("it may have been sent before").isEqualTo(State.IN_DOUBT);
    assertThat(fake.requests()).isZero();
  }

  @Test
  void theGateIsAskedAgainBeforeARepetition() {
    fake.failWith(429, 429);
    AtomicInteger asked = new AtomicInteger();
    Attempt first =
        requests(Channel.SMS, OutreachSettings.Provider.TWILIO)
            .send(
                TestMessages.of(Channel.SMS, 1, Optional.empty()),
                () -> asked.incrementAndGet() > 1);
    assertThat(first.state()).isEqualTo(State.DEFERRED);
    assertThat(first.reason()).isEqualTo("HTTP 429, code 20429");
    assertThat(fake.requests()).isEqualTo(1);
  }

  @Test
  void aMessageWhoseHourIsOverStays() {
    Requests requests = requests(Channel.SMS, OutreachSettings.Provider.TWILIO);
    DueMessage message = TestMessages.of(Channel.SMS, 1, Optional.empty());
    DueMessage late =
        new DueMessage(message.attempt(), message.envelope(), Instant.now().minusSeconds(1));
    assertThat(requests.isInTime(late)).isFalse();
    assertThat(requests.send(late, () -> false).state()).isEqualTo(State.DEFERRED);
    assertThat(fake.requests()).isZero();
  }

  private Attempt send(Channel channel, OutreachSettings.Provider sms, int number) {
    return send(channel, sms, number, Optional.empty());
  }

  private Attempt send(
      Channel channel, OutreachSettings.Provider sms, int number, Optional<Instant> doubtful) {
    return requests(channel, sms).send(TestMessages.of(channel, number, doubtful), () -> false);
  }

  private Requests requests(Channel channel, OutreachSettings.Provider sms) {
    MessageChannel open =
        Channels.open(
                fake.settings(Settings.read(TestSettings.file()).outreach(), sms),
                name -> "secret",
                InstantSource.system())
            .get(channel);
    return new Requests(
        open, 1000, 3, 2, Duration.ZERO, Duration.ofMillis(1), InstantSource.system());
  }
}
