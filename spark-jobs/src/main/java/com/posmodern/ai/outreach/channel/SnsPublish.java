package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.aws.SignedRequests;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Publishing by Amazon SNS, to a number or a topic. See
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html.
 */
final class SnsPublish {
  private static final Pattern MESSAGE_ID = Pattern.compile("<MessageId>([^<]{1,100})</MessageId>");

  private final URI address;
  private final String region;
  private final SignedRequests aws;
  private final HttpCalls calls;

  SnsPublish(URI address, String region, SignedRequests aws, HttpCalls calls) {
    this.address = address;
    this.region = region;
    this.aws = aws;
    this.calls = calls;
  }

  /**
   * One request.
   *
   * @param message fields of the action, without its name and version, in the order of the form
   */
  Answer publish(Map<String, String> message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Action", "Publish");
    fields.put("Version", "2010-03-31");
    fields.putAll(message);
    return AwsAnswers.of(
        calls,
        () ->
            aws.post(
                address,
                "sns",
                region,
                "application/x-www-form-urlencoded",
                HttpCalls.form(fields)),
        SnsPublish::id);
  }

  private static String id(String answer) {
    Matcher id = MESSAGE_ID.matcher(answer);
    return id.find() ? id.group(1) : "";
  }
}
