package com.posmodern.ai.config;

import java.util.List;

/**
 * What holds for all campaigns; the campaigns themselves are files, see {@link CampaignFiles}.
 *
 * @param folder of the campaigns' files
 * @param proposals folder into which campaign-propose writes drafts
 * @param globalHoldoutShare share of all customers that no campaign ever addresses
 * @param capMessages most messages that a customer gets within capDays, over all campaigns
 * @param unknownAge what happens to customers whose age is not on record
 * @param minimumAge years below which nobody is addressed
 * @param expectedResponse share of recipients expected to buy because of a message, where no
 *     propensity says better
 * @param prePeriodDays days before selection whose spend explains later spend (CUPED)
 * @param productsInMessage most products named in one message
 * @param forbiddenWords that no text may contain
 * @param generator who writes the texts
 * @param uplift when audiences are ordered by what a message brings
 */
public record CampaignSettings(
    String folder,
    String proposals,
    double globalHoldoutShare,
    int capMessages,
    int capDays,
    UnknownAge unknownAge,
    int minimumAge,
    double expectedResponse,
    int prePeriodDays,
    int productsInMessage,
    List<String> forbiddenWords,
    Generator generator,
    Uplift uplift) {

  /** What happens to customers whose age is not on record. */
  public enum UnknownAge {
    /** They are not addressed. */
    EXCLUDE,
    /** The retailer admits only adults, so they count as such. */
    ADULT
  }

  /** Who writes the texts. */
  public enum Kind {
    /** Marketing: {@code texts/<language>.yaml}. */
    TEMPLATE,
    /** A model of Amazon Bedrock; marketing's text stands in where it is refused or away. */
    BEDROCK
  }

  /**
   * Who writes the texts, and how Bedrock is asked; credentials are those of the role, or of
   * AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
   *
   * @param url of the service; empty: that of the region
   * @param model id of a model, or of an inference profile
   * @param mostTokens of one answer
   * @param most questions of one run
   * @param attempts requests for one question
   */
  public record Generator(
      Kind kind,
      String url,
      String region,
      String model,
      int mostTokens,
      int most,
      int attempts,
      int timeoutSeconds) {
    public Generator {
      if (kind == Kind.BEDROCK) {
        SettingChecks.text("region", region);
        SettingChecks.text("model", model);
      }
      SettingChecks.that(
          mostTokens >= 100 && mostTokens <= 4096,
          "most_tokens",
          "be from 100 to 4096, is " + mostTokens);
      SettingChecks.positive("most", most);
      SettingChecks.that(attempts >= 1 && attempts <= 10, "attempts", "be from 1 to 10");
      SettingChecks.positive("timeout_seconds", timeoutSeconds);
    }
  }

  /**
   * When audiences are ordered by the uplift learnt from earlier campaigns; before that, by
   * propensity.
   *
   * @param minCustomers of earlier campaigns whose measured days are over: so many with a message,
   *     and so many without one
   * @param nights learnt from: the newest of which messages went out
   */
  public record Uplift(int minCustomers, int nights) {
    /** With fewer, next to no difference could be proven. */
    private static final int FEWEST = 100;

    public Uplift {
      SettingChecks.that(
          minCustomers >= FEWEST,
          "min_customers",
          "be at least " + FEWEST + ", is " + minCustomers);
      SettingChecks.that(nights >= 1 && nights <= 100, "nights", "be from 1 to 100, is " + nights);
    }
  }

  public CampaignSettings {
    SettingChecks.text("folder", folder);
    SettingChecks.text("proposals", proposals);
    SettingChecks.that(
        globalHoldoutShare >= 0 && globalHoldoutShare <= 0.5,
        "global_holdout_share",
        "be from 0 to 0.5, is " + globalHoldoutShare);
    SettingChecks.positive("cap_messages", capMessages);
    SettingChecks.positive("cap_days", capDays);
    SettingChecks.that(minimumAge >= 18, "minimum_age", "be at least 18, is " + minimumAge);
    SettingChecks.share("expected_response", expectedResponse);
    SettingChecks.positive("pre_period_days", prePeriodDays);
    SettingChecks.that(
        productsInMessage >= 1 && productsInMessage <= 10,
        "products_in_message",
        "be from 1 to 10, is " + productsInMessage);
    forbiddenWords = List.copyOf(forbiddenWords);
  }
}
