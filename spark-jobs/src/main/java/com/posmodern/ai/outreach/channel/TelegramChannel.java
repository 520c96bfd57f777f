package com.posmodern.ai.outreach.channel;

import com.posmodern.ai.config.ProviderSettings.TelegramBot;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * Messages of a Telegram bot, to customers who opened a chat with it. The API takes no key and
 * cannot be asked, so that a message in doubt stays in doubt. See
 * https://core.telegram.org/bots/api#sendmessage.
 */
final class TelegramChannel implements MessageChannel {
  private final URI method;
  private final HttpCalls calls;

  TelegramChannel(TelegramBot settings, String token, HttpCalls calls) {
    this.method = URI.create(settings.url() + "/bot" + token + "/sendMessage");
    this.calls = calls;
  }

  @Override
  public String provider() {
    return "TELEGRAM";
  }

  @Override
  public Doubt doubt() {
    return Doubt.STAYS;
  }

  @Override
  public Answer send(Envelope message) {
    String body =
        HttpCalls.JSON
            .createObjectNode()
            .put("chat_id", message.address())
            .put("text", message.body())
            .toString();
    return calls.send(
        HttpRequest.newBuilder(method)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)),
        answer -> {
          String id = answer.path("result").path("message_id").asText("");
          String chat = answer.path("result").path("chat").path("id").asText("");
          return answer.path("ok").asBoolean(false)
              ? new Answer.Accepted(chat.isEmpty() ? id : "message " + id)
              : new Answer.Unknown("the answer does not say whether it was sent");
        });
  }

  @Override
  public String toString() {
    return "Telegram bot";
  }
}
