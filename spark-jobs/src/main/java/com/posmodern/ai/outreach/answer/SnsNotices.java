package com.posmodern.ai.outreach.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notifications of Amazon SNS over HTTPS: verified by the key whose certificate AWS publishes, and
 * of one topic alone, as anybody can have AWS sign notifications of a topic of theirs. See
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html.
 */
public final class SnsNotices {
  private static final Pattern ARN = Pattern.compile("arn:(aws[a-z-]*):sns:([a-z0-9-]+):.*");

  private static final String CONFIRMATION = "SubscriptionConfirmation";

  /** Fields in the order in which they are signed, by type. */
  private static final Map<String, List<String>> SIGNED =
      Map.of(
          "Notification",
          List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
          CONFIRMATION,
          List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
          "UnsubscribeConfirmation",
          List.of(
              "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));

  private static final Map<String, String> ALGORITHMS =
      Map.of("1", "SHA1withRSA", "2", "SHA256withRSA");

  private final String topic;
  private final String service;
  private final Pattern certificate;
  private final Function<URI, Optional<PublicKey>> keys;
  private final Consumer<URI> confirm;

  /**
   * @param topic ARN of the topic whose notifications are taken
   * @param keys the key of a certificate at an address of the topic's region; empty when there is
   *     no valid one
   * @param confirm takes the address by which a subscription to the topic begins
   */
  public SnsNotices(String topic, Function<URI, Optional<PublicKey>> keys, Consumer<URI> confirm) {
    Matcher arn = ARN.matcher(topic);
    if (!arn.matches()) {
      throw new IllegalArgumentException("not the ARN of an SNS topic: " + topic);
    }
    this.topic = topic;
    this.service =
        "https://sns.%s.amazonaws.com%s/"
            .formatted(arn.group(2), arn.group(1).equals("aws-cn") ? ".cn" : "");
    this.certificate =
        Pattern.compile(Pattern.quote(service) + "SimpleNotificationService-[0-9a-f]{8,64}\\.pem");
    this.keys = keys;
    this.confirm = confirm;
  }

  /**
   * The message of a notification; empty when it begins or ends the subscription.
   *
   * @throws BadAnswer when it is of another topic, unsigned, or cannot be read
   */
  Optional<String> message(JsonNode notice) {
    String type = notice.path("Type").asText("");
    if (!SIGNED.containsKey(type)) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
    if (!topic.equals(notice.path("TopicArn").asText("")) || !isSigned(notice, type)) {
      throw new BadAnswer(BadAnswer.BAD_SIGNATURE);
    }
    if (type.equals(CONFIRMATION)) {
      confirm.accept(ofAws(notice.path("SubscribeURL").asText("")));
    }
    return type.equals("Notification")
        ? Optional.of(notice.path("Message").asText(""))
        : Optional.empty();
  }

  private boolean isSigned(JsonNode notice, String type) {
    String algorithm = ALGORITHMS.get(notice.path("SignatureVersion").asText(""));
    String address = notice.path("SigningCertURL").asText("");
    // Read before anything is verified: nobody may have us visit any other address of AWS.
    Optional<PublicKey> key =
        algorithm == null || !certificate.matcher(address).matches()
            ? Optional.empty()
            : keys.apply(URI.create(address));
    if (key.isEmpty()) {
      return false;
    }
    StringBuilder text = new StringBuilder();
    for (String field : SIGNED.get(type)) {
      if (notice.has(field)) {
        text.append(field).append('\n').append(notice.get(field).asText()).append('\n');
      }
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(key.get());
      signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(notice.path("Signature").asText("")));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // a key of another kind, or a signature that is none
    }
  }

  /**
   * An address that AWS answers for. Of the topic's own region: one that does not exist could never
   * be reached, and would hold up everybody's answers.
   */
  private URI ofAws(String address) {
    if (!address.startsWith(service)) {
      throw new BadAnswer(BadAnswer.BAD_SIGNATURE);
    }
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new BadAnswer(BadAnswer.UNREADABLE);
    }
  }
}
