package com.posmodern.ai.outreach.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.aws.SignedRequests;
import com.posmodern.ai.config.ProviderSettings.Ses;
import java.net.URI;

/**
 * E-mail by Amazon SES. The API takes no idempotency key and cannot be asked for a message without
 * the id that its answer gives, so that a message in doubt stays in doubt. The reference goes along
 * as a tag, by which events find the message. See
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html.
 */
final class SesChannel implements MessageChannel {
  /** Name of the tag. */
  static final String TAG = "pos_reference";

  private final Ses settings;
  private final URI address;
  private final SignedRequests aws;
  private final HttpCalls calls;

  SesChannel(Ses settings, SignedRequests aws, HttpCalls calls) {
    this.settings = settings;
    this.address = URI.create(settings.endpoint() + "/v2/email/outbound-emails");
    this.aws = aws;
    this.calls = calls;
  }

  @Override
  public String provider() {
    return "SES";
  }

  @Override
  public Doubt doubt() {
    return Doubt.STAYS;
  }

  @Override
  public Answer send(Envelope message) {
    ObjectNode body = HttpCalls.JSON.createObjectNode();
    body.put("FromEmailAddress", settings.from());
    body.putObject("Destination").putArray("ToAddresses").add(message.address());
    ObjectNode content = body.putObject("Content").putObject("Simple");
    text(content.putObject("Subject"), message.subject());
    text(content.putObject("Body").putObject("Text"), message.body());
    body.putArray("EmailTags").addObject().put("Name", TAG).put("Value", message.reference());
    if (!settings.configurationSet().isEmpty()) {
      body.put("ConfigurationSetName", settings.configurationSet());
    }
    return AwsAnswers.of(
        calls,
        () -> aws.post(address, "ses", settings.region(), "application/json", body.toString()),
        answer -> HttpCalls.json(answer).path("MessageId").asText(""));
  }

  private static void text(ObjectNode part, String text) {
    part.put("Data", text).put("Charset", "UTF-8");
  }

  @Override
  public String toString() {
    return "Amazon SES, " + settings.region();
  }
}
