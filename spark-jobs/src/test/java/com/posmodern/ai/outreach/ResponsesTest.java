package com.posmodern.ai.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.OutreachSettings.Mode;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.outreach.channel.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages out, answers back through the local receiver, and what the next run makes of them. */
class ResponsesTest {
  @TempDir private Path folder;

  private SendingLake lake;
  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    lake = new SendingLake(folder);
    receiver =
        new Receiver(
            0,
            new NewFile(new Configuration(), lake.lake().root() + "/" + Responses.FOLDER),
            "",
            Map.of(),
            InstantSource.fixed(SendingLake.MORNING.plusSeconds(3600)));
  }

  @AfterEach
  void stop() {
    receiver.close();
    lake.close();
  }

  /** Of the message to a customer. */
  private String referenceTo(String customer) {
    return lake.lake()
        .read(Table.OUTBOX)
        .where("customer_id = '%s'".formatted(SendingLake.KEY.pseudonym(customer)))
        .select("reference")
        .head()
        .getString(0);
  }

  @Test
  void answersBecomeEventsOnceAndAStopWordSuppressesBeforeTheNextSend() throws Exception {
    lake.run(Mode.LIVE, SendingLake.MORNING);
    String reference = referenceTo("c3");
    Map<String, String> delivered = Map.of("MessageSid", "SM1", "MessageStatus", "delivered");
    Map<String, String> read = Map.of("MessageSid", "SM1", "MessageStatus", "read");
    post(read, reference, ""); // out of order
    post(delivered, reference, "");
    post(delivered, reference, ""); // twice
    post(Map.of("MessageSid", "SM9", "MessageStatus", "delivered"), "00000000", ""); // not ours
    post(delivered, reference, "forged");
    post(Map.of("MessageSid", "SM5", "From", "+5511987650005", "Body", "Adorei"), "", "");
    post(Map.of("MessageSid", "SM6", "From", "+5511987650006", "Body", "PARAR"), "", "");
    post(Map.of("MessageSid", "SM7", "From", "+5521000000000", "Body", "SAIR"), "", "");

    String said = lake.responses();
    assertThat(said)
        .contains("8 lines of 8 files: 4 events, 2 of no message of ours")
        .contains("1 repeated, 1 refused {BAD_SIGNATURE=1}; 2 suppressions; 39 messages");
    assertThat(said).doesNotContain("55119");
    assertThat(events())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "sent", 39L,
                "opened", 1L,
                "delivered", 1L,
                "replied", 1L,
                "unsubscribed", 1L));
    assertThat(rows(Table.CAMPAIGN_EVENTS, "kind = 'replied'", "customer_id", "reply_text"))
        .containsExactly("c5 Adorei");
    assertThat(rows(Table.SUPPRESSIONS, "true", "customer_id", "contact", "suppression_reason"))
        .containsExactlyInAnyOrder("c6 +5511987650006 STOP_WORD", "null +5521000000000 STOP_WORD");
    assertThat(rows(Table.QUARANTINE, "true", "reasons", "row_json"))
        .containsExactly("ArraySeq(BAD_SIGNATURE) {\"line\":1}");

    post(delivered, reference, ""); // once more, after the files are gone
    assertThat(lake.responses()).contains("1 lines of 1 files: 1 events");
    assertThat(events().values().stream().mapToLong(n -> n).sum()).isEqualTo(43);

    lake.writeMessages("event", SendingLake.NIGHT.plusDays(10), "2025-06-20");
    lake.forgetTheOutbox();
    lake.run(Mode.LIVE, SendingLake.MORNING.plusSeconds(10 * 86_400));
    assertThat(lake.fake().times().get("Oi 6!")).isEqualTo(1);
    assertThat(lake.fake().times().get("Oi 5!")).isEqualTo(2);
    assertThat(lake.steps()).anyMatch(step -> step.contains("1 SUPPRESSED"));
  }

  @Test
  void aBounceOfSesSuppressesTheAddressOnItsChannel() throws Exception {
    lake.run(Mode.LIVE, SendingLake.MORNING);
    String reference = referenceTo("c3");
    try (SnsTopic topic = new SnsTopic(folder)) {
      String bounce =
          topic.notification(
              SesAnswersTest.bounce("Permanent", "c3@example.com").replace("ref1", reference));
      land("ses", bounce);
      land("ses", bounce); // SNS delivers at least once
      land("ses", bounce.replace("c3@", "c4@"));
      assertThat(lake.responses(topic.trust(InstantSource.fixed(SendingLake.MORNING))))
          .contains("3 lines of 3 files: 1 events")
          .contains("1 repeated, 1 refused {BAD_SIGNATURE=1}; 1 suppressions")
          .doesNotContain("example.com");
    }
    assertThat(
            rows(
                Table.SUPPRESSIONS,
                "true",
                "customer_id",
                "contact",
                "channel",
                "suppression_reason"))
        .containsExactly("null c3@example.com EMAIL BOUNCED");
    assertThat(rows(Table.CAMPAIGN_EVENTS, "kind = 'bounced'", "customer_id", "channel"))
        .containsExactly("c3 EMAIL");
  }

  @Test
  void whatCannotBeVerifiedNowWaitsAndTheRestIsKept() throws Exception {
    lake.run(Mode.LIVE, SendingLake.MORNING);
    String reference = referenceTo("c3");
    try (SnsTopic topic = new SnsTopic(folder)) {
      land(
          "ses",
          topic.notification(
              SesAnswersTest.bounce("Permanent", "c3@example.com").replace("ref1", reference)));
      post(Map.of("MessageSid", "SM1", "MessageStatus", "delivered"), reference, "");
      topic.certificateStatus(503);
      assertThatThrownBy(
              () -> lake.responses(topic.trust(InstantSource.fixed(SendingLake.MORNING))))
          .isInstanceOf(PosException.class)
          .hasMessageContaining("does not hand out the certificate");
      assertThat(rows(Table.CAMPAIGN_EVENTS, "kind <> 'sent'", "kind"))
          .containsExactly("delivered");
      assertThat(lake.lake().exists(Table.SUPPRESSIONS)).isFalse();

      topic.certificateStatus(200);
      assertThat(lake.responses(topic.trust(InstantSource.fixed(SendingLake.MORNING))))
          .contains("1 lines of 1 files: 1 events")
          .contains("1 suppressions");
      assertThat(rows(Table.CAMPAIGN_EVENTS, "kind <> 'sent'", "kind"))
          .containsExactlyInAnyOrder("delivered", "bounced");
    }
  }

  private void land(String path, String body) throws Exception {
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/%s".formatted(receiver.port(), path)))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(204);
  }

  private Map<String, Long> events() {
    Map<String, Long> events = new TreeMap<>();
    lake.lake()
        .read(Table.CAMPAIGN_EVENTS)
        .groupBy("kind")
        .count()
        .collectAsList()
        .forEach(row -> events.put(row.getString(0), row.getLong(1)));
    return events;
  }

  private List<String> rows(Table table, String where, String... columns) {
    return lake.lake().read(table).where(where).selectExpr(columns).collectAsList().stream()
        .map(
            row -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : " ").append(row.get(i));
              }
              return text.toString();
            })
        .toList();
  }

  private void post(Map<String, String> fields, String reference, String signature)
      throws Exception {
    String query = reference.isEmpty() ? "" : "?ref=" + reference;
    StringBuilder signed = new StringBuilder(SendingLake.CALLBACK + "/twilio" + query);
    new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + receiver.port() + "/twilio" + query))
                    .header(
                        "X-Twilio-Signature",
                        signature.isEmpty()
                            ? Base64.getEncoder()
                                .encodeToString(Signature.sha1("secret").of(signed.toString()))
                            : signature)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    assertThat(response.statusCode()).isEqualTo(204);
  }
}
