package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.MARKETING_CONSENT;
import static com.posmodern.ai.contract.Columns.RECORDED_AT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.CampaignSettings.UnknownAge;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.outreach.channel.MessageChannel.Doubt;
import com.posmodern.ai.privacy.Ages;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * Why messages may not be sent at a moment: what one message, its customer, campaign and channel
 * tell. {@link Caps} count the others.
 */
final class Holds {
  private final OutreachSettings settings;
  private final CampaignSettings rules;
  private final List<Campaign> campaigns;
  private final Map<Channel, Doubt> channels;
  private final CustomerClock clock;
  private final Instant start;
  private final Instant now;

  /**
   * @param channels those with a provider, and how each settles a doubt
   * @param start of the run: what it has tried without success waits for the next one
   */
  Holds(
      OutreachSettings settings,
      CampaignSettings rules,
      List<Campaign> campaigns,
      Map<Channel, Doubt> channels,
      CustomerClock clock,
      Instant start,
      Instant now) {
    this.settings = settings;
    this.rules = rules;
    this.campaigns = campaigns;
    this.channels = new EnumMap<>(Channel.class);
    this.channels.putAll(channels);
    this.clock = clock;
    this.start = start;
    this.now = now;
  }

  /** Name of the first reason that holds; null where none does. */
  Column first() {
    Map<Held, Column> holds = new EnumMap<>(Held.class);
    holds.put(Held.CAMPAIGN_OFF, campaignOff());
    holds.put(Held.VARIANT_STOPPED, col(DueMessages.STOPPED));
    holds.put(Held.NO_CUSTOMER, col(Contacts.ID).isNull());
    holds.put(Held.NO_CONSENT, not(coalesce(col(MARKETING_CONSENT), lit(false))));
    holds.put(Held.UNDER_AGE, coalesce(not(col(Ages.OF_AGE)), lit(false)));
    if (rules.unknownAge() == UnknownAge.EXCLUDE) {
      holds.put(Held.AGE_UNKNOWN, col(Ages.OF_AGE).isNull());
    }
    holds.put(Held.SUPPRESSED, col(Held.SUPPRESSED.name()));
    holds.put(Held.NO_CONTACT, not(col(Contacts.ON_RECORD)));
    holds.put(Held.BAD_CONTACT, col(DueMessages.ADDRESS).isNull());
    holds.put(Held.DISPUTED_CONTACT, col(Contacts.DISPUTED));
    holds.put(
        Held.NO_PROVIDER,
        not(col(CHANNEL).isin(channels.keySet().stream().map(Channel::name).toArray())));
    holds.put(Held.IN_DOUBT, DueMessages.inDoubt().and(not(canBeSettled())));
    holds.put(
        Held.TRIED,
        coalesce(
            col(DueMessages.LAST + "." + RECORDED_AT).geq(lit(Timestamp.from(start))), lit(false)));
    holds.put(Held.QUIET_HOURS, clock.quiet());
    holds.put(Held.PUBLIC_HOLIDAY, CustomerClock.holiday());
    Column held = lit(null).cast("string");
    Held[] order = Held.values();
    for (int i = order.length - 1; i >= 0; i--) {
      Column holdsHere = holds.get(order[i]);
      if (holdsHere != null) {
        held = when(holdsHere, lit(order[i].name())).otherwise(held);
      }
    }
    return held;
  }

  private Column campaignOff() {
    Column off = lit(true);
    for (Campaign campaign : campaigns) {
      if (campaign.enabled()) {
        off =
            when(
                    col(CAMPAIGN_ID).equalTo(campaign.id()),
                    not(
                        CustomerClock.today()
                            .between(
                                lit(Date.valueOf(campaign.window().from())),
                                lit(Date.valueOf(campaign.window().until())))))
                .otherwise(off);
      }
    }
    return off;
  }

  private Column canBeSettled() {
    Column can = lit(false);
    for (Map.Entry<Channel, Doubt> channel : channels.entrySet()) {
      Column here =
          switch (channel.getValue()) {
            case SAME_AGAIN -> lit(true);
            case STAYS -> lit(false);
            case ASK ->
                col(DueMessages.LAST + "." + RECORDED_AT)
                    .leq(
                        lit(
                            Timestamp.from(
                                now.minus(Duration.ofSeconds(settings.doubtSettlesSeconds())))));
          };
      can = when(col(CHANNEL).equalTo(channel.getKey().name()), here).otherwise(can);
    }
    return can;
  }
}
