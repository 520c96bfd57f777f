package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.aws.SignedRequests;
import com.posmodern.ai.config.ProviderSettings.Sns;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text messages by Amazon SNS. A key against repetition is taken for FIFO topics alone, not for
 * numbers, and nothing can be asked: a message in doubt stays in doubt. See
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html.
 */
final class SnsChannel implements MessageChannel {
  private static final Pattern MESSAGE_ID = Pattern.compile("<MessageId>([^<]{1,100})</MessageId>");
  private static final String ATTRIBUTE = "MessageAttributes.entry.%d.%s";

  private final Sns settings;
  private final URI address;
  private final SignedRequests aws;
  private final HttpCalls calls;

  SnsChannel(Sns settings, SignedRequests aws, HttpCalls calls) {
    this.settings = settings;
    this.address = URI.create(settings.endpoint() + "/");
    this.aws = aws;
    this.calls = calls;
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
    fields.put("Action", "Publish");
    fields.put("Version", "2010-03-31");
    fields.put("PhoneNumber", message.address());
    fields.put("Message", message.body());
    attribute(fields, 1, "AWS.SNS.SMS.SMSType", "Promotional");
    if (!settings.senderId().isEmpty()) {
      attribute(fields, 2, "AWS.SNS.SMS.SenderID", settings.senderId());
    }
    return AwsAnswers.of(
        calls,
        () ->
            aws.post(
                address,
                "sns",
                settings.region(),
                "application/x-www-form-urlencoded",
                HttpCalls.form(fields)),
        answer -> {
          Matcher id = MESSAGE_ID.matcher(answer);
          return id.find() ? id.group(1) : "";
        });
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
