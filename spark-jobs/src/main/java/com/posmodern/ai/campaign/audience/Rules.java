package com.posmodern.ai.campaign.audience;

import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.MARKETING_CONSENT;
import static com.posmodern.ai.contract.Columns.PREFERRED_STORE_ID;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.AudienceRules;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Contact;
import com.posmodern.ai.config.Campaign.Goal;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.CampaignSettings.UnknownAge;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * What one campaign makes of a row of {@link People}: why the customer is left out, or what is
 * expected of a message to them.
 *
 * @param day on which the messages go out
 * @param stopped variants that are stopped
 */
record Rules(Campaign campaign, CampaignSettings settings, LocalDate day, Set<String> stopped) {

  /** The first {@link Reason} that holds; null when none does. */
  Column reason() {
    Map<Reason, Column> holds = new LinkedHashMap<>();
    holds.put(Reason.NO_CONSENT, not(known(col(MARKETING_CONSENT))));
    holds.put(Reason.UNDER_AGE, not(coalesce(col(People.OF_AGE), lit(true))));
    holds.put(
        Reason.AGE_UNKNOWN,
        col(People.OF_AGE).isNull().and(lit(settings.unknownAge() == UnknownAge.EXCLUDE)));
    holds.put(Reason.NO_CONTACT, channel().isNull());
    holds.put(Reason.ALREADY_SELECTED, known(array_contains(col(People.MEMBER_OF), campaign.id())));
    audience(holds);
    holds.put(
        Reason.VARIANT_STOPPED, stopped.isEmpty() ? lit(false) : arm().isin(stopped.toArray()));
    holds.put(Reason.NO_GAIN, not(known(gain().gt(0))));
    Column first = lit(null).cast("string");
    List<Reason> order = List.copyOf(holds.keySet());
    for (int i = order.size() - 1; i >= 0; i--) {
      first = when(holds.get(order.get(i)), lit(order.get(i).name())).otherwise(first);
    }
    return first;
  }

  private void audience(Map<Reason, Column> holds) {
    AudienceRules rule = campaign.audience();
    if (!rule.stores().isEmpty()) {
      holds.put(
          Reason.OTHER_STORE, not(known(col(PREFERRED_STORE_ID).isin(rule.stores().toArray()))));
    }
    if (!rule.segments().isEmpty()) {
      holds.put(Reason.OTHER_SEGMENT, not(col(SEGMENT_NAME).isin(rule.segments().toArray())));
    }
    if (!rule.withoutSegments().isEmpty()) {
      holds.merge(
          Reason.OTHER_SEGMENT,
          col(SEGMENT_NAME).isin(rule.withoutSegments().toArray()),
          Column::or);
    }
    holds.put(Reason.OTHER_RECENCY, outside(col(RECENCY), rule.recencyDays()));
    holds.put(
        Reason.OTHER_NUMBER_OF_BASKETS,
        campaign.goal() == Goal.SECOND_PURCHASE
            ? outside(col(FREQUENCY), rule.baskets()).or(col(FREQUENCY).notEqual(1))
            : outside(col(FREQUENCY), rule.baskets()));
    if (campaign.goal() == Goal.BIRTHDAY_MONTH) {
      holds.put(
          Reason.OTHER_BIRTHDAY_MONTH,
          not(known(col(People.BIRTHDAY_MONTH).equalTo(day.getMonthValue()))));
    }
    holds.put(Reason.LOW_PROPENSITY, lowPropensity(rule.propensities()));
    holds.put(Reason.NO_PRODUCT_WANTED, nothingWanted());
  }

  private Column lowPropensity(AudienceRules.Propensities least) {
    return below(propensity(People.LAPSE), least.lapse())
        .or(below(propensity(People.RESPOND), least.respond()))
        .or(below(coalesce(buysCategory(), lit(0.0)), least.buyCategory()));
  }

  /** Goods to be sold go to those to whom they are recommended, as do those of categories. */
  private Column nothingWanted() {
    if (!campaign.offer().products().isEmpty()) {
      return not(wants(campaign.offer().products()));
    }
    return campaign.audience().categories().isEmpty()
        ? lit(false)
        : not(wants(campaign.audience().categories().stream().map(People::ofCategory).toList()));
  }

  private static Column wants(List<String> anyOf) {
    return anyOf.stream()
        .map(one -> known(array_contains(col(People.WANTED), one)))
        .reduce(Column::or)
        .orElseThrow();
  }

  /** The first channel on which the customer can be reached; null when there is none. */
  Column channel() {
    Column first = lit(null).cast("string");
    for (int i = campaign.channels().size() - 1; i >= 0; i--) {
      Channel channel = campaign.channels().get(i);
      first = when(known(contact(channel.needs())), lit(channel.name())).otherwise(first);
    }
    return first;
  }

  private static Column contact(Contact contact) {
    return col(
        switch (contact) {
          case PHONE -> People.HAS_PHONE;
          case EMAIL -> People.HAS_EMAIL;
          case TELEGRAM_CHAT -> People.HAS_TELEGRAM_CHAT;
        });
  }

  Column arm() {
    return Arms.of(campaign, settings.globalHoldoutShare());
  }

  /**
   * Probability that the message leads to a purchase: that the customer responds to an offer at
   * all; times that they buy in the campaign's categories; and where they shall be won back times
   * that they would not come by themselves.
   */
  Column response() {
    Column response =
        coalesce(
            col(People.PROPENSITIES).getItem(People.RESPOND), lit(settings.expectedResponse()));
    if (!campaign.audience().categories().isEmpty()) {
      response = response.multiply(coalesce(buysCategory(), lit(1.0)));
    }
    if (campaign.goal() == Goal.WIN_BACK) {
      response =
          response.multiply(coalesce(col(People.PROPENSITIES).getItem(People.LAPSE), lit(1.0)));
    }
    return response;
  }

  /**
   * What the message brings within this campaign. Uplift is learnt from revenue after the discount,
   * so where it is known only the message is still to be paid. Null without a usual basket, as the
   * discount is then unknown.
   */
  Column gain() {
    return when(
        col(BASKET_VALUE).isNotNull(),
        coalesce(col(People.UPLIFT).minus(lit(campaign.offer().messageCost())), gainByResponse()));
  }

  /**
   * The revenue of a usual basket if the customer responds, less what it costs. Campaigns are
   * compared by it: uplift is the same number whatever the campaign.
   */
  Column gainByResponse() {
    return response().multiply(col(BASKET_VALUE)).minus(fullCost());
  }

  /** Cost of the message and the discount expected. */
  Column fullCost() {
    return response()
        .multiply(col(BASKET_VALUE))
        .multiply(campaign.offer().discountPercent() / 100)
        .plus(lit(campaign.offer().messageCost()));
  }

  /** The likeliest of the campaign's categories; null when none is known. */
  private Column buysCategory() {
    List<Column> all =
        campaign.audience().categories().stream()
            .map(category -> col(People.PROPENSITIES).getItem(People.ofCategory(category)))
            .toList();
    return all.isEmpty()
        ? lit(null).cast("double")
        : all.size() == 1 ? all.get(0) : greatest(all.toArray(Column[]::new));
  }

  private static Column propensity(String kind) {
    return coalesce(col(People.PROPENSITIES).getItem(kind), lit(0.0));
  }

  private static Column below(Column value, double least) {
    return least > 0 ? value.lt(least) : lit(false);
  }

  private static Column outside(Column value, AudienceRules.Range range) {
    return value.lt(range.atLeast()).or(value.gt(range.atMost()));
  }

  /** What is not known does not hold. */
  private static Column known(Column condition) {
    return coalesce(condition, lit(false));
  }
}
