package com.posmodern.ai.campaign.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Campaign.Channel;
import com.posmodern.ai.config.Campaign.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
  private static final Guard GUARD = new Guard(List.of("grátis", "free", "100%"));

  @Test
  void aTextOfFieldsAndWordsIsFine() {
    assertThat(
            GUARD.findings(
                draft("Oi! {{#has_discount}}{{product}} por {{price}}{{/has_discount}}"),
                Language.PT_BR))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Leve por R$ 9,90 | number or price of its own",
        "Com 10 de desconto | number or price of its own",
        "Metade do preço % | number or price of its own",
        "Preço ٣ | number or price of its own",
        "Veja em https://evil.example | a link or an address",
        "Veja em bit.ly/x | a link or an address",
        "Escreva para a@b | a link or an address",
        "Oi {{customer_name}} | the field customer_name is unknown; there are closing, discount",
        "Oi {{#customer}}x{{/customer}} | the field customer is unknown",
        "Oi {{>other}} | includes another one: other",
        "Oi {{product | braces are open",
        "Oi {{#has_discount}} | is not a template",
        "Oi <b>você</b> | tags",
        "Tudo GRÁTIS para você | forbidden word grátis",
        "Tudo gratis! | forbidden word grátis",
        "The best for you with your coffee, and we have it | is not in pt-BR",
      })
  void whatATextMayNotSay(String body, String finding) {
    assertThat(GUARD.findings(draft(body), Language.PT_BR))
        .anyMatch(found -> found.contains(finding));
  }

  @Test
  void aForbiddenWordIsAWholeOne() {
    assertThat(GUARD.forbiddenIn("freedom and carefree")).isEmpty();
    assertThat(GUARD.forbiddenIn("it is Free!")).containsExactly("free");
  }

  @Test
  void everyTextSaysHowToStop() {
    assertThat(GUARD.findings(new Draft("Oi", "Oi de novo", "x", ""), Language.PT_BR))
        .containsExactly("the text does not say how to stop the messages: {{opt_out}}");
  }

  @Test
  void everyNumberOfAMessageIsOneOfThoseGiven() {
    Map<String, Object> values = Map.of("price", "R$ 9,90", "product", "Leite 1,5 L");
    assertThat(GUARD.findings("", "Leite 1,5 L por R$ 9,90", Channel.SMS, values)).isEmpty();
    assertThat(GUARD.findings("", "Leite 1,5 L por R$ 9,91", Channel.SMS, values))
        .containsExactly("the number 9,91 is none of those given");
  }

  @Test
  void aMessageFitsItsChannel() {
    assertThat(GUARD.findings("", "x".repeat(160), Channel.SMS, Map.of())).isEmpty();
    assertThat(GUARD.findings("", "x".repeat(161), Channel.SMS, Map.of()))
        .containsExactly("the text has 161 characters, SMS takes 160");
    assertThat(GUARD.findings("", "x".repeat(161), Channel.WHATSAPP, Map.of())).isEmpty();
    assertThat(GUARD.findings("x".repeat(79), "x", Channel.EMAIL, Map.of())).hasSize(1);
    assertThat(GUARD.findings("", " ", Channel.SMS, Map.of())).containsExactly("the text is empty");
  }

  @Test
  void aHostileProductNameIsRefused() {
    for (String name :
        List.of("{{opt_out}}", "www.evil.example", "a\u202Eb", "<script>", "x\u0000")) {
      assertThat(GUARD.findings("", name, Channel.EMAIL, Map.of("product", name)))
          .as(name)
          .isNotEmpty();
    }
  }

  private static Draft draft(String body) {
    return new Draft("Assunto", body + " {{opt_out}}", "test", "");
  }
}
