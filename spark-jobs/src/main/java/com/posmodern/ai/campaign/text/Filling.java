package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign.Channel;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/** A draft, ready to be filled in for one customer after another. */
final class Filling {
  private final Guard guard;
  private final Channel channel;
  private final Template subject;
  private final Template body;

  Filling(Draft draft, Guard guard, Channel channel) {
    this.guard = guard;
    this.channel = channel;
    Mustache.Compiler compiler = Mustache.compiler().escapeHTML(false);
    this.subject = compiler.compile(draft.subject());
    this.body = compiler.compile(draft.body());
  }

  /**
   * A message, or why there is none.
   *
   * @param subject null but for an e-mail
   * @param body null where the message is refused
   * @param refusal null where it may be sent
   */
  record Message(String subject, String body, String refusal) {
    private static Message refused(String why) {
      return new Message(null, null, why);
    }
  }

  Message with(Map<String, Object> values) {
    String title;
    String text;
    try {
      title = subject.execute(values);
      text = body.execute(values);
    } catch (MustacheException.Context e) {
      return Message.refused("nothing is known for the field " + e.key);
    }
    String optOut = String.valueOf(values.get(Fields.OPT_OUT));
    if (channel == Channel.SMS) {
      text = plain(text);
      optOut = plain(optOut);
    }
    // A section or a comment may hold the field and not show it.
    if (!text.contains(optOut)) {
      return Message.refused("the text does not say how to stop the messages");
    }
    List<String> findings = guard.findings(title, text, channel, values);
    return findings.isEmpty()
        ? new Message(channel == Channel.EMAIL ? title : null, text, null)
        : Message.refused(String.join("; ", findings));
  }

  /** Letters outside the plain alphabet would cut an SMS from 160 characters to 70. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
  }
}
