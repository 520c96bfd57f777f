package com.posmodern.ai.campaign.text;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.Campaign.Tone;
import com.posmodern.ai.config.CampaignTexts;

/** What a model is told about a text. */
final class Prompt {
  private static final String RULES =
      """
      You write short marketing messages of a shop, which a programme fills in for each customer. Answer with one JSON \
      object and nothing else: {"subject": "...", "body": "...", "brief": "..."}. subject is of an e-mail, body the \
      message, brief the same for a text message of at most 90 characters beside its fields.
      Fields in double braces are filled in later: {{title}}, {{until}} (last day), {{discount}}, {{products}} (with \
      prices), {{product}} and {{price}}, {{greeting}}, {{closing}}, {{opt_out}} (how to stop messages). body and brief \
      must have every field that the example has, and no other.
      Never write a digit, number, price, percentage, date, month, weekday, link, address, product, brand or name of \
      your own, and promise nothing: no gift, delivery, refund, prize or points. Claim nothing about health. Do not \
      address the customer by a name.
      """;

  private Prompt() {}

  /**
   * The question for a brief; the same for all channels.
   *
   * @param example what marketing wrote for the same goal and variant
   */
  static TextModel.Question of(Brief brief, CampaignTexts.Text example) {
    Campaign campaign = brief.campaign();
    String task =
        """
        Language: %s
        Tone: %s
        Purpose: %s
        Subject matter: %s
        Group of customers: %s
        Example: {"subject": "%s", "body": "%s", "brief": "%s"}
        Write variant %s in words of its own.
        """
            .formatted(
                campaign.language() == Language.PT_BR ? "Portuguese of Brazil" : "English",
                campaign.tone() == Tone.FORMAL ? "formal" : "friendly",
                campaign.goal().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                campaign.title(),
                brief.segment().isEmpty() ? "all" : brief.segment(),
                example.subject(),
                example.body(),
                example.brief(),
                brief.variant());
    return new TextModel.Question(RULES, task);
  }
}
