package com.posmodern.ai.campaign.text;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.LIST_PRICE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The messages of one night: a draft per campaign, segment, variant and channel, filled in for each
 * customer who gets a message.
 */
public final class Messages {
  private final List<Campaign> campaigns;
  private final Map<Language, CampaignTexts> texts;
  private final Guard guard;
  private final int productsInMessage;

  /**
   * @param texts of every language of the campaigns
   */
  public Messages(
      List<Campaign> campaigns,
      Map<Language, CampaignTexts> texts,
      Guard guard,
      int productsInMessage) {
    this.campaigns = List.copyOf(campaigns);
    this.texts = Map.copyOf(texts);
    this.guard = guard;
    this.productsInMessage = productsInMessage;
  }

  /**
   * Writes a draft for every kind of recipient; few, however many recipients there are.
   *
   * @param recipients rows of the audience who get a message
   */
  public Map<DraftKey, Draft> drafts(Dataset<Row> recipients, TextGenerator generator) {
    Map<String, Campaign> byId =
        campaigns.stream().collect(Collectors.toMap(Campaign::id, campaign -> campaign));
    Map<DraftKey, Draft> drafts = new LinkedHashMap<>();
    recipients
        .select(CAMPAIGN_ID, SEGMENT_NAME, ARM, CHANNEL)
        .distinct()
        .orderBy(CAMPAIGN_ID, SEGMENT_NAME, ARM, CHANNEL)
        .collectAsList()
        .forEach(
            row ->
                drafts.put(
                    DraftKey.of(row),
                    generator.write(
                        new Brief(
                            byId.get(row.<String>getAs(CAMPAIGN_ID)),
                            row.getAs(SEGMENT_NAME),
                            row.getAs(ARM),
                            Channel.valueOf(row.getAs(CHANNEL))))));
    return drafts;
  }

  /**
   * Rows of {@code results.campaign_messages} without the as-of date.
   *
   * @param recipients rows of the audience who get a message
   * @param recommendations {@code results.product_recommendations}
   * @param products {@code source.products}
   * @param sensitive categories of which no product is named
   */
  public Dataset<Row> of(
      Dataset<Row> recipients,
      Dataset<Row> recommendations,
      Dataset<Row> products,
      Set<String> sensitive,
      Map<DraftKey, Draft> drafts) {
    Dataset<Row> named =
        recipients
            .select(CAMPAIGN_ID, CUSTOMER_ID)
            .join(recommendations.select(CUSTOMER_ID, RANK, PRODUCT_ID), CUSTOMER_ID)
            .join(
                products
                    .where(not(col(CATEGORY).isin(sensitive.toArray())))
                    .where(col(LIST_PRICE).isNotNull().and(col(PRODUCT_NAME).isNotNull()))
                    .select(PRODUCT_ID, CATEGORY, PRODUCT_NAME, LIST_PRICE),
                PRODUCT_ID)
            .where(mayBeNamed())
            .groupBy(CAMPAIGN_ID, CUSTOMER_ID)
            .agg(
                slice(
                        sort_array(
                            collect_list(
                                struct(
                                    col(RANK),
                                    col(PRODUCT_ID),
                                    col(PRODUCT_NAME),
                                    col(LIST_PRICE)))),
                        1,
                        productsInMessage)
                    .as(MessageWriter.NAMED));
    return recipients
        .join(named, new String[] {CAMPAIGN_ID, CUSTOMER_ID}, "left")
        .select(CAMPAIGN_ID, CUSTOMER_ID, ARM, CHANNEL, SEGMENT_NAME, MessageWriter.NAMED)
        .mapPartitions(
            new MessageWriter(campaigns, texts, drafts, guard), Encoders.row(MessageWriter.SCHEMA));
  }

  /** A campaign with products of its own names these alone, one about categories theirs. */
  private Column mayBeNamed() {
    return campaigns.stream().map(Messages::namedBy).reduce(Column::or).orElse(lit(false));
  }

  private static Column namedBy(Campaign campaign) {
    Column its = col(CAMPAIGN_ID).equalTo(campaign.id());
    if (!campaign.offer().products().isEmpty()) {
      return its.and(col(PRODUCT_ID).isin(campaign.offer().products().toArray()));
    }
    return campaign.audience().categories().isEmpty()
        ? its
        : its.and(col(CATEGORY).isin(campaign.audience().categories().toArray()));
  }
}
