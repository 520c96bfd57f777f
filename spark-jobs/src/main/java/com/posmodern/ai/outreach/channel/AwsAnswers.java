package com.posmodern.ai.outreach.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What AWS says of a request that it did not carry out. Throttling comes with status 400 as well as
 * 429, so that the error's name decides, not the status; and what is wrong with the account or its
 * credentials is not the message's fault. See
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors
 * and https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors.
 */
final class AwsAnswers {
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;

  /** Names that say: not now. */
  private static final Set<String> PATIENCE =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "Throttled",
          "ThrottledException",
          "KMSThrottling",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "LimitExceededException",
          "SendingPausedException",
          "AccountSuspendedException",
          "MailFromDomainNotVerifiedException",
          // The configuration set of the settings, of which no message is to blame.
          "NotFoundException",
          "ConfigurationSetDoesNotExist",
          "RequestExpired",
          "ExpiredToken",
          "IncompleteSignature");

  /** A message that SES rejects for what it holds; or for the sender, of which it is innocent. */
  private static final String REJECTED = "MessageRejected";

  private static final Pattern NOT_VERIFIED =
      Pattern.compile("(?i)address(?:es)? (?:is|are) not verified");

  private static final Pattern XML_CODE = Pattern.compile("<Code>([A-Za-z.]{1,80})</Code>");
  private static final Pattern NAME = Pattern.compile("(?:.*#)?([A-Za-z.]{1,80})(?::.*)?");

  private AwsAnswers() {}

  /**
   * What becomes of a message.
   *
   * @param signed the request; signing may have to renew the credentials
   * @param id of the message, by the text of a good answer
   */
  static Answer of(
      HttpCalls calls, Supplier<HttpRequest.Builder> signed, Function<String, String> id) {
    try {
      return calls.exchange(
          signed.get(),
          response ->
              HttpCalls.isGood(response)
                  ? new Answer.Accepted(id.apply(response.body()))
                  : refused(response));
    } catch (SdkException e) {
      return MessageChannel.notTaken("the credentials of AWS could not be renewed");
    }
  }

  /** Of a status of 400 and more. */
  private static Answer refused(HttpResponse<String> response) {
    String name = name(response);
    String reason = "HTTP " + response.statusCode() + (name.isEmpty() ? "" : ", " + name);
    if (PATIENCE.contains(name)
        || (name.equals(REJECTED) && NOT_VERIFIED.matcher(response.body()).find())
        || response.statusCode() == UNAUTHORISED
        || response.statusCode() == FORBIDDEN) {
      return new Answer.NotTaken(reason, Duration.ZERO);
    }
    return HttpCalls.refused(response, reason);
  }

  /** The error's name: of a header, a field, or an element; its message may quote the address. */
  private static String name(HttpResponse<String> response) {
    JsonNode body = HttpCalls.json(response.body());
    String said =
        response
            .headers()
            .firstValue("x-amzn-ErrorType")
            .orElse(body.path("__type").asText(body.path("code").asText("")));
    Matcher json = NAME.matcher(said);
    if (json.matches()) {
      return json.group(1);
    }
    Matcher xml = XML_CODE.matcher(response.body());
    return xml.find() ? xml.group(1) : "";
  }
}
