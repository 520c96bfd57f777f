package com.posmodern.ai.outreach.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.outreach.answer.Answers.Source;
import com.posmodern.ai.outreach.channel.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
  private static final Instant AT = Instant.parse("2025-06-10T13:00:00Z");
  private static final String URL = "https://answers.example.com";

  private final Answers answers =
      new Answers(
          URL,
          Map.of(
              Source.TWILIO, "12345",
              Source.TELEGRAM, "hush",
              Source.WEBHOOK, "s3cret",
              Source.CLICK, "unused here"),
          token -> token.equals("good") ? Optional.of("ref1") : Optional.empty(),
          Optional.empty());

  @Test
  void twiliosOwnExampleIsVerified() {
    // The worked example of Twilio's documentation on the security of webhooks.
    String signed =
        "https://mycompany.com/myapp.php?foo=1&bar=2CallSidCA1234567890ABCDECaller+14158675309"
            + "Digits1234From+14158675309To+18005551212";
    assertThat(Base64.getEncoder().encodeToString(Signature.sha1("12345").of(signed)))
        .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  }

  @Test
  void aStatusBecomesAnEventOfItsMessage() {
    Answered read =
        answers.read(twilio("ref1", "MessageSid=SM1&MessageStatus=delivered")).orElseThrow();
    assertThat(read.eventId()).isEqualTo("twilio/SM1/delivered");
    assertThat(read.kind()).isEqualTo("delivered");
    assertThat(read.reference()).contains("ref1");
    assertThat(answers.read(twilio("ref1", "MessageSid=SM1&MessageStatus=queued"))).isEmpty();
  }

  @Test
  void aReplyKeepsWhoWroteItAndAStopWordUnsubscribes() {
    Answered reply =
        answers
            .read(
                twilio(
                    "", "Body=Adorei%21+Obrigada&From=whatsapp%3A%2B5511987650001&MessageSid=SM2"))
            .orElseThrow();
    assertThat(reply.kind()).isEqualTo("replied");
    assertThat(reply.contact()).contains("+5511987650001");
    assertThat(reply.channel()).contains(Channel.WHATSAPP);
    assertThat(reply.text()).contains("Adorei! Obrigada");
    Answered stop =
        answers
            .read(twilio("", "Body=Sair%2C+por+favor&From=%2B5511987650001&MessageSid=SM3"))
            .orElseThrow();
    assertThat(stop.kind()).isEqualTo("unsubscribed");
    assertThat(stop.stop()).contains(Answered.Stop.STOP_WORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARAR", "sair", "Stop!", "CANCELAR", "pare por favor", "Descadastrar."})
  void stopWords(String text) {
    assertThat(StopWords.isOne(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "Não parei de comprar",
        "por favor",
        "vou sair para comprar",
        "Obrigada"
      })
  void noStopWords(String text) {
    assertThat(StopWords.isOne(text)).isFalse();
  }

  @Test
  void whatIsUnsignedOrUnreadableIsRefusedWithAReason() {
    Landed good = twilio("ref1", "MessageSid=SM1&MessageStatus=delivered");
    refused(new Landed("twilio", "1", AT, "ref2", good.signature(), good.body()), "BAD_SIGNATURE");
    refused(new Landed("twilio", "1", AT, "", "", ""), "BAD_SIGNATURE");
    refused(twilio("ref1", "MessageSid=SM1&MessageStatus=vanished"), "UNKNOWN_EVENT");
    refused(twilio("", "MessageSid=SM1&MessageStatus=delivered"), "NO_REFERENCE");
    refused(new Landed("telegram", "1", AT, "", "loud", "{}"), "BAD_SIGNATURE");
    refused(new Landed("telegram", "1", AT, "", "hush", "{"), "UNREADABLE");
    refused(new Landed("click", "1", AT, "forged", "", ""), "BAD_SIGNATURE");
    refused(new Landed("pigeon", "1", AT, "", "", ""), "UNKNOWN_SOURCE");
    refused(webhook("{\"id\":\"1\",\"event\":\"delivered\"}", 0), "UNREADABLE");
    refused(webhook("{\"id\":\"1\",\"event\":\"danced\"}", 0), "UNKNOWN_EVENT");
    refused(webhook("{\"id\":\"1\",\"event\":\"delivered\"}", 400), "BAD_SIGNATURE");
    for (String line : new String[] {"", "null", "[]", "{\"ref\":\"%\"}", "words"}) {
      assertThatThrownBy(() -> answers.read(Landed.read(line))).isInstanceOf(BadAnswer.class);
    }
  }

  @Test
  void otherSourcesAreRead() {
    assertThat(answers.read(new Landed("click", "9", AT, "good", "", "")).orElseThrow().kind())
        .isEqualTo("clicked");
    Answered chat =
        answers
            .read(
                new Landed(
                    "telegram",
                    "1",
                    AT,
                    "",
                    "hush",
                    "{\"update_id\":5,\"message\":{\"chat\":{\"id\":77},\"text\":\"parar\"}}"))
            .orElseThrow();
    assertThat(chat.contact()).contains("77");
    assertThat(chat.kind()).isEqualTo("unsubscribed");
    Answered hook =
        answers
            .read(
                webhook(
                    "{\"id\":\"7\",\"event\":\"opened\",\"reference\":\"ref1\",\"occurred_at\":\"2025-06-10T12:00:00Z\"}",
                    0))
            .orElseThrow();
    assertThat(hook.eventId()).isEqualTo("webhook/7");
    assertThat(hook.at()).isEqualTo(Instant.parse("2025-06-10T12:00:00Z"));
  }

  @Test
  void aLineIsReadAsItWasWritten() {
    Landed landed = new Landed("twilio", "1", AT, "r", "s\"'", "body\n{\"}ção");
    assertThat(Landed.read(landed.line())).isEqualTo(landed);
  }

  private void refused(Landed landed, String reason) {
    assertThatThrownBy(() -> answers.read(landed)).isInstanceOf(BadAnswer.class).hasMessage(reason);
  }

  private static Landed webhook(String body, long late) {
    return new Landed(
        "webhook",
        "1",
        AT,
        "",
        Signature.sha256("s3cret").stamped(AT.getEpochSecond() - late, body),
        body);
  }

  /** Fields in the order of their names, so that the body is also what is signed. */
  static Landed twilio(String reference, String body) {
    StringBuilder signed = new StringBuilder(URL + "/twilio");
    if (!reference.isEmpty()) {
      signed.append("?ref=").append(reference);
    }
    for (String pair : body.split("&", -1)) {
      signed.append(
          java.net.URLDecoder.decode(
              pair.replaceFirst("=", ""), java.nio.charset.StandardCharsets.UTF_8));
    }
    return new Landed(
        "twilio",
        "1",
        AT,
        reference,
        Base64.getEncoder().encodeToString(Signature.sha1("12345").of(signed.toString())),
        body);
  }
}
