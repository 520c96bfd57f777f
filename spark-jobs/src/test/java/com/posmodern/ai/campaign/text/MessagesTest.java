package com.posmodern.ai.campaign.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.campaign.TestCampaigns;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Goal;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.Campaign.Tone;
import com.posmodern.ai.config.CampaignTexts;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Guard GUARD = new Guard(TestSettings.read().campaign().forbiddenWords());
  private static final Map<Language, CampaignTexts> TEXTS = texts();
  private static final TemplateGenerator TEMPLATES =
      new TemplateGenerator(TEXTS, GUARD, "conf/campaigns");

  @Test
  void everyShippedTextIsSoundOnEveryChannel() {
    for (Language language : Language.values()) {
      for (Goal goal : Goal.values()) {
        for (Tone tone : Tone.values()) {
          for (Channel channel : Channel.values()) {
            for (String variant : List.of("A", "B")) {
              for (double discount : List.of(0.0, 12.5)) {
                Campaign campaign = campaign(goal, tone, language, discount);
                Draft draft = TEMPLATES.write(new Brief(campaign, "Loyal", variant, channel));
                Filling.Message message =
                    new Filling(draft, GUARD, channel)
                        .with(
                            Fields.of(
                                campaign,
                                TEXTS.get(language),
                                List.of(
                                    new Fields.Product("Café 500 g", new BigDecimal("19.90")))));
                assertThat(message.refusal()).as("%s %s %s", language, goal, channel).isNull();
                assertThat(message.body()).contains(language == Language.EN ? "STOP" : "SAIR");
              }
            }
          }
        }
      }
    }
  }

  @Test
  void pricesAndDatesAreWrittenAsTheLanguageDoes() {
    List<Fields.Product> products = List.of(new Fields.Product("Bread", new BigDecimal("1234.55")));
    assertThat(
            Fields.of(
                campaign(Goal.EVENT, Tone.FORMAL, Language.PT_BR, 12.5),
                TEXTS.get(Language.PT_BR),
                products))
        .containsEntry("price", "R$ 1.080,23")
        .containsEntry("discount", "12,5%")
        .containsEntry("until", "31/12/2025");
    assertThat(
            Fields.of(
                campaign(Goal.EVENT, Tone.FORMAL, Language.EN, 12.5),
                TEXTS.get(Language.EN),
                products))
        .containsEntry("price", "R$ 1,080.23")
        .containsEntry("discount", "12.5%")
        .containsEntry("until", "31 Dec 2025");
  }

  @Test
  void customersGetProductsOfTheirOwnAndNoneOfASensitiveCategory() {
    Campaign all = TestCampaigns.of("all", "variants: 2");
    Campaign tea = TestCampaigns.of("tea", "audience: {categories: [tea]}", "variants: 2");
    Messages messages = new Messages(List.of(all, tea), TEXTS, GUARD, 2);
    Dataset<Row> recipients =
        sql(
            "SELECT * FROM VALUES ('all', 'ann', 'A', 'EMAIL', 'Loyal'),"
                + " ('all', 'ben', 'B', 'WHATSAPP', ''), ('all', 'cid', 'B', 'WHATSAPP', ''),"
                + " ('tea', 'dot', 'A', 'SMS', '')"
                + " AS t(campaign_id, customer_id, arm, channel, segment_name)");
    Map<DraftKey, Draft> drafts = messages.drafts(recipients, TEMPLATES);
    assertThat(drafts).hasSize(3);
    Map<String, Row> found =
        messages
            .of(
                recipients,
                sql(
                    "SELECT * FROM VALUES ('ann', 1, 'p1'), ('ann', 2, 'p2'), ('ann', 3, 'p3'),"
                        + " ('ann', 4, 'p4'), ('ben', 2, 'p2'), ('ben', 5, 'p3'), ('cid', 1, 'p1'),"
                        + " ('dot', 1, 'p2'), ('dot', 2, 'p3') AS t(customer_id, rank, product_id)"),
                sql(
                    "SELECT * FROM VALUES ('p1', 'Cerveja', 'beer', 5.00BD),"
                        + " ('p2', 'Leite', 'milk', 4.50BD), ('p3', 'Chá', 'tea', 12.00BD),"
                        + " ('p4', 'Pão', 'bread', 7.90BD), ('p5', 'Sem preço', 'tea', null)"
                        + " AS t(product_id, product_name, category, list_price)"),
                Set.of("beer"),
                drafts)
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getAs("customer_id"), row -> row));
    assertThat(found.get("ann").<String>getAs("body"))
        .isEqualTo(
            "Oi! Event. Para você: Leite R$ 4,50, Chá R$ 12,00. Esperamos você!"
                + " Para não receber mais, responda SAIR.");
    assertThat(found.get("ann").<String>getAs("subject")).isEqualTo("Event");
    assertThat(found.get("ann").getList(found.get("ann").fieldIndex("products_named")))
        .asString()
        .isEqualTo("[p2, p3]");
    assertThat(found.get("ben").<String>getAs("body")).startsWith("Oi! Event: Leite por R$ 4,50.");
    assertThat(found.get("ben").<String>getAs("subject")).isNull();
    // cid wants nothing that may be named, and variant B is about a product.
    assertThat(found.get("cid").<String>getAs("body")).isNull();
    assertThat(found.get("cid").<String>getAs("refusal"))
        .isEqualTo("nothing is known for the field product");
    assertThat(found.get("dot").getList(found.get("dot").fieldIndex("products_named")))
        .asString()
        .isEqualTo("[p3]");
    assertThat(found.get("dot").<String>getAs("body"))
        .isEqualTo("Event. Para nao receber mais, responda SAIR.");
  }

  @Test
  void productsAreCalledByTheFirstAndTheLastWordOfTheirName() {
    assertThat(
            ProductWords.of(
                sql(
                    "SELECT * FROM VALUES ('Leite Integral Ninho 1L'), ('Whole milk'), ('7'),"
                        + " ('Pão'), (null) AS t(product_name)")))
        .containsExactlyInAnyOrder("leite", "ninho", "whole", "milk", "pao");
  }

  @Test
  void aMissingTextNamesFileGoalAndVariant() {
    Campaign four = TestCampaigns.of("four", "variants: 4");
    assertThatThrownBy(() -> TEMPLATES.write(new Brief(four, "", "D", Channel.EMAIL)))
        .hasMessageContaining("conf/campaigns/texts/pt-BR.yaml")
        .hasMessageContaining("there is no text for goal EVENT, variant D");
  }

  @Test
  void aTextWithAnUnknownFieldNamesFileAndField() {
    CampaignTexts.Text wrong =
        new CampaignTexts.Text(Goal.EVENT, "A", "x", "{{name}} {{opt_out}}", "{{opt_out}}");
    CampaignTexts shipped = TEXTS.get(Language.PT_BR);
    TemplateGenerator generator =
        new TemplateGenerator(
            Map.of(
                Language.PT_BR,
                new CampaignTexts(shipped.tones(), shipped.optOut(), List.of(wrong))),
            GUARD,
            "conf/campaigns");
    assertThatThrownBy(
            () -> generator.write(new Brief(TestCampaigns.of("c"), "", "A", Channel.EMAIL)))
        .hasMessageContaining("texts/pt-BR.yaml EVENT, variant A")
        .hasMessageContaining("the field name is unknown");
  }

  private static Campaign campaign(Goal goal, Tone tone, Language language, double discount) {
    return TestCampaigns.with(
        "any",
        goal.name(),
        "{budget: 1.0, products: [p1], discount_percent: " + discount + "}",
        "tone: " + tone,
        "language: " + language,
        "audience: {categories: [tea], recency_days: {at_least: 1}}");
  }

  private static Map<Language, CampaignTexts> texts() {
    Map<Language, CampaignTexts> texts = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      texts.put(
          language,
          CampaignTexts.read(
              Path.of(System.getProperty("repository.root"), "conf/campaigns"), language));
    }
    return texts;
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
