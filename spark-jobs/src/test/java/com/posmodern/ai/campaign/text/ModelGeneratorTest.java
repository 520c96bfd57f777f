package com.posmodern.ai.campaign.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.campaign.TestCampaigns;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Language;
import com.posmodern.ai.config.CampaignTexts;
import com.posmodern.ai.testing.TestSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that writes well, badly, with bad intentions, or not at all. */
class ModelGeneratorTest {
  private static final Map<Language, CampaignTexts> TEXTS =
      Map.of(
          Language.PT_BR,
          CampaignTexts.read(
              Path.of(System.getProperty("repository.root"), "conf/campaigns"), Language.PT_BR));

  private static final Guard GUARD = new Guard(TestSettings.read().campaign().forbiddenWords());
  private static final Campaign CAMPAIGN =
      TestCampaigns.with("party", "EVENT", "{budget: 1.0, discount_percent: 10.0}", "variants: 2");

  private static final String BODY =
      "{{greeting}} {{title}} com coisas que você adora: {{#has_products}}{{products}}"
          + "{{/has_products}}. {{#has_discount}}Até {{until}} com {{discount}} a menos."
          + "{{/has_discount}} {{closing}} {{opt_out}}";
  private static final String BRIEF =
      "{{title}}: {{#has_discount}}{{discount}} a menos até {{until}}.{{/has_discount}} {{opt_out}}";

  private final List<TextModel.Question> asked = new ArrayList<>();
  private final Map<String, String> kept = new HashMap<>();

  @Test
  void oneQuestionServesAllChannelsAndIsNotAskedAgain() {
    ModelGenerator generator = generator(answer(BODY, BRIEF));
    Draft email = generator.write(brief("Loyal", "A", Channel.EMAIL));
    assertThat(email.fallbackReason()).isEmpty();
    assertThat(email.generator()).isEqualTo("bedrock m1");
    assertThat(email.body()).isEqualTo(BODY);
    assertThat(generator.write(brief("Loyal", "A", Channel.SMS)).body()).isEqualTo(BRIEF);
    assertThat(asked).hasSize(1);
    generator.write(brief("Loyal", "B", Channel.SMS));
    generator.write(brief("New", "A", Channel.SMS));
    assertThat(asked).as("per segment and variant").hasSize(3);

    ModelGenerator again = generator("another answer");
    assertThat(again.write(brief("Loyal", "A", Channel.EMAIL))).isEqualTo(email);
    assertThat(asked).as("kept by what was asked").hasSize(3);
  }

  @Test
  void theQuestionHoldsTheCampaignAndTheRules() {
    generator(answer(BODY, BRIEF)).write(brief("Loyal", "A", Channel.EMAIL));
    assertThat(asked.get(0).task()).contains("Portuguese", "Event", "Loyal", "{{opt_out}}");
    assertThat(asked.get(0).rules()).contains("{{until}}", "JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com coisas | com Nestlé e coisas | names Nestlé, which nobody gave",
        "com coisas | com cerveja e coisas | names the product cerveja",
        "com coisas | pela metade do preço, coisas | says metade: a number, day or promise",
        "com coisas | com quarenta por cento de desconto, coisas | says quarenta",
        "com coisas | com ½ litro de coisas | a number or price of its own",
        "com coisas | amanhã com coisas | says amanha",
        "com coisas | com brinde e coisas | says brinde",
        "com coisas | por R$ 5 as coisas | a number or price of its own",
        "com coisas | em www.evil.example com coisas | a link or an address",
        "com coisas | em loja.shop com coisas | a link or an address",
        "com coisas | em loja。shop com coisas | a link or an address",
        "com coisas | com cashback, fifty off e coisas | says fifty: a number, day or promise",
        "com coisas | com free shipping e coisas | says shipping: a number, day or promise",
        "com coisas | grátis com coisas | the forbidden word grátis",
        "com coisas | <b>com coisas</b> | tags",
        "{{products}} | produtos | the field products is missing",
        "{{until}} | o fim | the field until is missing",
        "{{opt_out}} | tchau | the field opt_out is missing",
        "{{opt_out}} | {{^title}}{{opt_out}}{{/title}} | does not say how to stop",
        "{{title}} | {{customer_name}} {{title}} | the field customer_name is unknown",
        "com coisas que você adora | con las cosas que usted adora, muy buenas | is not in pt-BR",
        "com coisas que você adora | with all the things that you love and want | is not in pt-BR",
      })
  void whatAModelMayNotSay(String good, String bad, String reason) {
    String body = BODY.replace(good, bad);
    assertThat(body).isNotEqualTo(BODY);
    Draft draft = generator(answer(body, BRIEF)).write(brief("", "A", Channel.WHATSAPP));
    assertThat(draft.fallbackReason()).contains(reason);
    assertThat(draft.generator()).isEqualTo("template");
    assertThat(draft.body())
        .isEqualTo(
            TEXTS.get(Language.PT_BR).texts().stream()
                .filter(t -> t.goal() == Campaign.Goal.EVENT && t.variant().equals("A"))
                .findFirst()
                .orElseThrow()
                .body());
  }

  @Test
  void aModelIsNotTrustedWhereNoProductIsKnown() {
    List<String> findings =
        new ModelGuard(GUARD, Set.of())
            .findings(
                new Draft("{{title}}", BODY, "bedrock m1", ""),
                BODY,
                brief("", "A", Channel.EMAIL),
                TEXTS.get(Language.PT_BR));
    assertThat(findings).containsExactly("no product is known, so that none can be recognised");
  }

  @Test
  void aTextMessageThatIsTooLongOnceFilledInIsRefused() {
    String brief =
        BRIEF.replace(
            "a menos", "a menos em tudo o que você mais gosta de levar para casa ".repeat(2));
    assertThat(generator(answer(BODY, brief)).write(brief("", "A", Channel.SMS)).fallbackReason())
        .contains("SMS takes 160");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Claro! Aqui está a mensagem",
        "{\"subject\": \"x\"}",
        "{\"subject\": 1, \"body\": \"x\", \"brief\": \"x\"}",
        "{\"subject\": \"x\", \"body\": \"x\", \"brief\": \"x\", \"note\": \"x\"}",
        "[]",
        "null",
      })
  void whatIsNotTheJsonIsRefused(String answer) {
    assertThat(generator(answer).write(brief("", "A", Channel.EMAIL)).fallbackReason())
        .isEqualTo("the answer is not the JSON that was asked for");
  }

  @Test
  void aFenceAroundTheJsonDoesNoHarm() {
    Draft draft =
        generator("```json\n" + answer(BODY, BRIEF) + "\n```").write(brief("", "A", Channel.EMAIL));
    assertThat(draft.fallbackReason()).isEmpty();
  }

  @Test
  void aModelThatIsAwayIsNotAskedForEveryText() {
    ModelGenerator generator = generator("");
    for (String segment : List.of("a", "b", "c", "d")) {
      assertThat(generator.write(brief(segment, "A", Channel.EMAIL)).fallbackReason()).isNotEmpty();
    }
    assertThat(asked).hasSize(2);
    assertThat(kept).isEmpty();
  }

  @Test
  void aRunAsksForSoManyTextsAndNoMore() {
    ModelGenerator generator = generator(answer(BODY, BRIEF));
    for (int i = 0; i < 6; i++) {
      generator.write(brief("segment" + i, "A", Channel.EMAIL));
    }
    assertThat(asked).hasSize(5);
    assertThat(generator.write(brief("segment5", "A", Channel.SMS)).fallbackReason())
        .isEqualTo("a run asks for at most 5 texts");
  }

  private static String answer(String body, String brief) {
    return "{\"subject\": \"{{title}}\", \"body\": \"%s\", \"brief\": \"%s\"}"
        .formatted(body, brief);
  }

  private ModelGenerator generator(String answer) {
    KeptAnswers answers =
        new KeptAnswers() {
          @Override
          public Optional<String> find(String key) {
            return Optional.ofNullable(kept.get(key));
          }

          @Override
          public void keep(String key, String text) {
            kept.put(key, text);
          }
        };
    return new ModelGenerator(
        question -> {
          asked.add(question);
          return answer.isEmpty()
              ? new TextModel.Answer(Optional.empty(), "Bedrock does not answer")
              : new TextModel.Answer(Optional.of(answer), "");
        },
        "bedrock m1",
        new TemplateGenerator(TEXTS, GUARD, "conf/campaigns"),
        TEXTS,
        new ModelGuard(GUARD, Set.of("cerveja", "coisas-de-casa")),
        answers,
        5);
  }

  private static Brief brief(String segment, String variant, Channel channel) {
    return new Brief(CAMPAIGN, segment, variant, channel);
  }
}
