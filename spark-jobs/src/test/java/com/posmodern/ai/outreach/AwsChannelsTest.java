package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.ProviderSettings;
import com.posmodern.ai.outreach.Attempt.State;
import com.posmodern.ai.outreach.channel.Channels;
import com.posmodern.ai.outreach.channel.MessageChannel;
import com.posmodern.ai.testing.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Amazon SES and SNS: signed requests, and what AWS's errors mean for a message. */
class AwsChannelsTest {
  private final FakeProvider fake = new FakeProvider();

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void anEmailAndATextMessageAreSentSigned() {
    Attempt mail = send(Channel.EMAIL, Optional.empty());
    assertThat(mail.state()).isEqualTo(State.SENT);
    assertThat(mail.provider()).isEqualTo("SES");
    assertThat(mail.providerId()).isEqualTo("SES0");
    Attempt text = send(Channel.SMS, Optional.empty());
    assertThat(text.state()).isEqualTo(State.SENT);
    assertThat(text.providerId()).isEqualTo("SNS1");
    assertThat(fake.delivered())
        .containsExactly(
            new FakeProvider.Delivered(TestMessages.ADDRESS, TestMessages.TEXT),
            new FakeProvider.Delivered(TestMessages.ADDRESS, TestMessages.TEXT));
  }

  @ParameterizedTest
  @CsvSource({
    "EMAIL, 429, TooManyRequestsException, DEFERRED",
    "EMAIL, 400, LimitExceededException, DEFERRED",
    "EMAIL, 400, SendingPausedException, DEFERRED",
    "EMAIL, 403, ExpiredTokenException, DEFERRED",
    "EMAIL, 503, ServiceUnavailable, DEFERRED",
    "EMAIL, 404, NotFoundException, DEFERRED",
    "EMAIL, 400, ConfigurationSetDoesNotExist, DEFERRED",
    "EMAIL, 400, MessageRejected, FAILED",
    "SMS, 400, Throttling, DEFERRED",
    "SMS, 429, Throttled, DEFERRED",
    "SMS, 403, InvalidClientTokenId, DEFERRED",
    "SMS, 400, InvalidParameter, FAILED",
    "SMS, 500, InternalError, IN_DOUBT",
    "EMAIL, 502, BadGateway, IN_DOUBT"
  })
  void anErrorIsJudgedByItsName(Channel channel, int status, String name, State becomes) {
    fake.callFailures(name);
    fake.failWith(status, status, status);
    Attempt attempt = send(channel, Optional.empty());
    assertThat(attempt.state()).isEqualTo(becomes);
    assertThat(attempt.reason()).contains("HTTP %d, %s".formatted(status, name));
    assertThat(fake.requests()).isEqualTo(becomes == State.DEFERRED ? 3 : 1);
    assertThat(fake.delivered()).isEmpty();
  }

  @Test
  void aSenderThatIsNotVerifiedUsesUpNoMessage() {
    fake.callFailures("MessageRejected");
    fake.sayOfFailures(
        "Email address is not verified. The following identities failed the check in region"
            + " SA-EAST-1: shop@example.com");
    fake.failWith(400, 400, 400);
    Attempt attempt = send(Channel.EMAIL, Optional.empty());
    assertThat(attempt.state()).isEqualTo(State.DEFERRED);
    assertThat(attempt.reason()).contains("MessageRejected").doesNotContain("example.com");
  }

  @ParameterizedTest
  @EnumSource(
      value = Channel.class,
      names = {"EMAIL", "SMS"})
  void aMessageInDoubtStaysInDoubt(Channel channel) {
    Attempt settled = send(channel, Optional.of(Instant.EPOCH));
    assertThat(settled.state()).isEqualTo(State.IN_DOUBT);
    assertThat(settled.at()).isEqualTo(Instant.EPOCH);
    assertThat(fake.requests()).isZero();
  }

  @Test
  void aProviderCarriesItsOwnChannelsAlone() {
    OutreachSettings file = TestSettings.read().outreach();
    assertThatThrownBy(() -> fake.settings(file, OutreachSettings.Provider.SES))
        .hasMessage("whatsapp.provider must be one of NONE, TWILIO, WEBHOOK, is SES");
    assertThatThrownBy(
            () ->
                fake.settings(
                    file, OutreachSettings.Provider.TWILIO, OutreachSettings.Provider.SNS))
        .hasMessage("email.provider must be one of NONE, SES, WEBHOOK, is SNS");
    assertThatThrownBy(() -> new ProviderSettings.Ses("", "Brazil", "", "", ""))
        .hasMessage("region must be a region such as sa-east-1, is Brazil");
    assertThatThrownBy(() -> new ProviderSettings.Ses("", "sa-east-1", "", "", "pos-mail"))
        .hasMessage("topic must be the ARN of an SNS topic, is pos-mail");
  }

  private Attempt send(Channel channel, Optional<Instant> doubtful) {
    MessageChannel open =
        Channels.open(
                fake.settings(
                    TestSettings.read().outreach(),
                    OutreachSettings.Provider.SNS,
                    OutreachSettings.Provider.SES),
                name -> name.equals("AWS_SESSION_TOKEN") ? null : "secret",
                InstantSource.system())
            .get(channel);
    return new Requests(
            open, 1000, 3, 8, Duration.ZERO, Duration.ofMillis(1), InstantSource.system())
        .send(TestMessages.of(channel, 1, doubtful), () -> false);
  }
}
