package com.posmodern.ai.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;

/**
 * One campaign, as marketing writes it in a file of {@code conf/campaigns/}.
 *
 * @param id name of the file without its ending; the key of the campaign in every table
 * @param enabled whether it may select customers; a campaign that nobody switched on does nothing
 * @param title what it is about, in the words of the message
 * @param channels in order: the first one on which a customer can be reached is used
 * @param variants number of texts that are compared, named A, B, …
 * @param holdoutShare share of the selected customers who get no message (arm CONTROL), so that the
 *     effect can be measured
 * @param measureDays days after selection in which purchases count as its outcome
 */
public record Campaign(
    String id,
    boolean enabled,
    Goal goal,
    String title,
    Window window,
    AudienceRules audience,
    Offer offer,
    List<Channel> channels,
    Tone tone,
    Language language,
    int variants,
    double holdoutShare,
    int measureDays,
    StopRule stopRule)
    implements Serializable {
  private static final int LONGEST_WINDOW = 366;
  private static final int MOST_VARIANTS = 4;

  /** What a campaign is for; some goals bring an audience rule of their own. */
  public enum Goal {
    /** Customers who may not come back. */
    WIN_BACK,
    /** Customers with exactly one basket. */
    SECOND_PURCHASE,
    /** Customers who could buy more of the categories. */
    CATEGORY_GROWTH,
    /** Products of which there is too much, to customers who want them. */
    OVERSTOCK,
    /** Products that spoil soon, to customers who want them. */
    NEAR_EXPIRY,
    /** Customers whose birthday is in the month of the message; the day stays unknown. */
    BIRTHDAY_MONTH,
    /** A holiday, a local event or the weather. */
    EVENT
  }

  /** How a message reaches a customer. */
  public enum Channel {
    WHATSAPP(Contact.PHONE),
    SMS(Contact.PHONE),
    TELEGRAM(Contact.TELEGRAM_CHAT),
    EMAIL(Contact.EMAIL);

    private final Contact needs;

    Channel(Contact needs) {
      this.needs = needs;
    }

    /** What must be on record of a customer. */
    public Contact needs() {
      return needs;
    }
  }

  /** Kinds of contact data; the data themselves are known at the moment of sending alone. */
  public enum Contact {
    PHONE,
    EMAIL,
    TELEGRAM_CHAT
  }

  /** How a text addresses the customer. */
  public enum Tone {
    FRIENDLY,
    FORMAL
  }

  /** Language of the texts. */
  public enum Language {
    PT_BR("pt-BR"),
    EN("en");

    private final String tag;

    Language(String tag) {
      this.tag = tag;
    }

    /** Such as {@code pt-BR}; also the name of the file of texts. */
    public String tag() {
      return tag;
    }
  }

  /**
   * When messages may go out.
   *
   * @param from first day
   * @param until last day; an offer ends on it
   */
  public record Window(LocalDate from, LocalDate until) implements Serializable {
    public Window {
      long days = ChronoUnit.DAYS.between(from, until) + 1;
      SettingChecks.that(
          days >= 1, "until", "not be before from: from %s until %s".formatted(from, until));
      SettingChecks.that(
          days <= LONGEST_WINDOW,
          "until",
          "be at most %d days after from, is %d days".formatted(LONGEST_WINDOW, days));
    }

    @JsonCreator
    static Window of(@JsonProperty("from") String from, @JsonProperty("until") String until) {
      return new Window(day("from", from), day("until", until));
    }

    private static LocalDate day(String key, String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "%s must be a day like 2025-11-28, is %s".formatted(key, text), e);
      }
    }

    public boolean contains(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(until);
    }
  }

  /**
   * What is offered, and what it may cost.
   *
   * @param discountPercent on the products of the message; 0: none
   * @param products ids; empty: the customer's own recommendations
   * @param budget most that messages and discounts may cost within the window, in currency
   * @param messageCost of one message, in currency
   */
  public record Offer(
      double discountPercent, List<String> products, double budget, double messageCost)
      implements Serializable {
    public Offer {
      SettingChecks.that(
          discountPercent >= 0 && discountPercent <= 90,
          "discount_percent",
          "be from 0 to 90, is " + discountPercent);
      products = List.copyOf(products);
      SettingChecks.positive("budget", budget);
      SettingChecks.notNegative("message_cost", messageCost);
    }
  }

  /**
   * When a variant is stopped.
   *
   * @param unsubscribedShare most customers who may unsubscribe, as a share of those it was sent to
   * @param smallestSample number of customers of a variant before which nothing is concluded
   */
  public record StopRule(double unsubscribedShare, int smallestSample) implements Serializable {
    public StopRule {
      SettingChecks.share("unsubscribed_share", unsubscribedShare);
      SettingChecks.positive("smallest_sample", smallestSample);
    }
  }

  public Campaign {
    SettingChecks.that(
        id.matches("[a-z0-9][a-z0-9-]*"),
        "id",
        "be small letters, digits and hyphens (it is the name of the file), is " + id);
    SettingChecks.text("title", title);
    channels = List.copyOf(channels);
    SettingChecks.that(!channels.isEmpty(), "channels", "name at least one of " + all());
    SettingChecks.that(
        EnumSet.copyOf(channels).size() == channels.size(), "channels", "not repeat one");
    SettingChecks.that(
        variants >= 1 && variants <= MOST_VARIANTS,
        "variants",
        "be from 1 to %d, is %d".formatted(MOST_VARIANTS, variants));
    SettingChecks.that(
        holdoutShare > 0 && holdoutShare <= 0.5,
        "holdout_share",
        "be above 0 and at most 0.5 (without a holdout no effect can be measured), is "
            + holdoutShare);
    SettingChecks.that(
        measureDays >= 1 && measureDays <= 180,
        "measure_days",
        "be from 1 to 180, is " + measureDays);
    requireWhatTheGoalNeeds(goal, audience, offer);
  }

  /** The same campaign, for customers of these stores only. */
  public Campaign at(List<String> stores) {
    return new Campaign(
        id,
        enabled,
        goal,
        title,
        window,
        audience.at(stores),
        offer,
        channels,
        tone,
        language,
        variants,
        holdoutShare,
        measureDays,
        stopRule);
  }

  private static void requireWhatTheGoalNeeds(Goal goal, AudienceRules audience, Offer offer) {
    switch (goal) {
      case WIN_BACK ->
          SettingChecks.that(
              audience.propensities().lapse() > 0 || audience.recencyDays().atLeast() > 0,
              "audience",
              "say who lapses where goal is WIN_BACK: propensities.lapse or recency_days.at_least"
                  + " above 0");
      case CATEGORY_GROWTH ->
          SettingChecks.that(
              !audience.categories().isEmpty(),
              "audience",
              "name categories where goal is CATEGORY_GROWTH");
      case OVERSTOCK, NEAR_EXPIRY ->
          SettingChecks.that(
              !offer.products().isEmpty(), "offer", "name products where goal is " + goal);
      case SECOND_PURCHASE, BIRTHDAY_MONTH, EVENT -> {}
    }
    SettingChecks.that(
        audience.propensities().buyCategory() == 0 || !audience.categories().isEmpty(),
        "audience",
        "name categories where propensities.buy_category is above 0");
  }

  private static List<Channel> all() {
    return List.of(Channel.values());
  }
}
