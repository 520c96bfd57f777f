package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.aws.SignedRequests;
import com.posmodern.ai.config.ProviderSettings.Sns;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Text messages by Amazon SNS. A key against repetition is taken for FIFO topics alone, not for
 * numbers, and nothing can be asked: a message in doubt stays in doubt.
 */
final class SnsChannel implements MessageChannel {
  private static final String ATTRIBUTE = "MessageAttributes.entry.%d.%s";

  private final Sns settings;
  private final SnsPublish sns;

  SnsChannel(Sns settings, SignedRequests aws, HttpCalls calls) {
    this.settings = settings;
    this.sns = new SnsPublish(URI.create(settings.endpoint() + "/"), settings.region(), aws, calls);
  }

  @Override
  public String provider() {
    return "SNS";
  }

  @Override
  public Doubt doubt() {
    return Doubt.STAYS;
  }

  @Override
  public Answer send(Envelope message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("PhoneNumber", message.address());
    fields.put("Message", message.body());
    attribute(fields, 1, "AWS.SNS.SMS.SMSType", "Promotional");
    if (!settings.senderId().isEmpty()) {
      attribute(fields, 2, "AWS.SNS.SMS.SenderID", settings.senderId());
    }
    return sns.publish(fields);
  }

  private static void attribute(Map<String, String> fields, int number, String name, String value) {
    fields.put(ATTRIBUTE.formatted(number, "Name"), name);
    fields.put(ATTRIBUTE.formatted(number, "Value.DataType"), "String");
    fields.put(ATTRIBUTE.formatted(number, "Value.StringValue"), value);
  }

  @Override
  public String toString() {
    return "Amazon SNS, " + settings.region();
  }
}
