package com.posmodern.ai.campaign.text;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;

import com.posmodern.ai.campaign.text.Fields.Product;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Fills in the drafts for the recipients of a partition. */
final class MessageWriter implements MapPartitionsFunction<Row, Row> {
  /** Column of the input: the products to name, best first. */
  static final String NAMED = "named";

  static final StructType SCHEMA = Contracts.of(Table.CAMPAIGN_MESSAGES).writtenSchema();

  private static final long serialVersionUID = 1L;

  private final Map<String, Campaign> campaigns;
  private final Map<Language, CampaignTexts> texts;
  private final Map<DraftKey, Draft> drafts;
  private final Guard guard;

  MessageWriter(
      List<Campaign> campaigns,
      Map<Language, CampaignTexts> texts,
      Map<DraftKey, Draft> drafts,
      Guard guard) {
    this.campaigns =
        campaigns.stream().collect(Collectors.toMap(Campaign::id, Function.identity()));
    this.texts = texts;
    this.drafts = new HashMap<>(drafts);
    this.guard = guard;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> recipients) {
    Map<DraftKey, Filling> fillings = new HashMap<>();
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(recipients, 0), false)
        .map(
            row -> {
              DraftKey key = DraftKey.of(row);
              Filling filling =
                  fillings.computeIfAbsent(
                      key, any -> new Filling(drafts.get(key), guard, key.channel()));
              return message(row, key, filling);
            })
        .iterator();
  }

  private Row message(Row row, DraftKey key, Filling filling) {
    Campaign campaign = campaigns.get(key.campaignId());
    List<String> ids = new ArrayList<>();
    List<Product> products = new ArrayList<>();
    int named = row.fieldIndex(NAMED);
    if (!row.isNullAt(named)) {
      for (Row product : row.<Row>getList(named)) {
        ids.add(product.getAs(Columns.PRODUCT_ID));
        products.add(
            new Product(product.getAs(Columns.PRODUCT_NAME), product.getAs(Columns.LIST_PRICE)));
      }
    }
    Filling.Message message =
        filling.with(Fields.of(campaign, texts.get(campaign.language()), products));
    Draft draft = drafts.get(key);
    Map<String, Object> values = new HashMap<>();
    values.put(Columns.CAMPAIGN_ID, campaign.id());
    values.put(CUSTOMER_ID, row.getAs(CUSTOMER_ID));
    values.put(Columns.ARM, key.variant());
    values.put(Columns.CHANNEL, key.channel().name());
    values.put(Columns.LANGUAGE, campaign.language().tag());
    values.put(Columns.SUBJECT, message.subject());
    values.put(Columns.BODY, message.body());
    values.put(Columns.REFUSAL, message.refusal());
    values.put(Columns.PRODUCTS_NAMED, ids.toArray(String[]::new));
    values.put(Columns.GENERATOR, draft.generator());
    values.put(Columns.FALLBACK_REASON, draft.fallbackReason());
    values.put(Columns.VALID_FROM, Date.valueOf(campaign.window().from()));
    values.put(Columns.VALID_UNTIL, Date.valueOf(campaign.window().until()));
    return RowFactory.create(Arrays.stream(SCHEMA.fieldNames()).map(values::get).toArray());
  }
}
