package com.posmodern.ai.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void bothLanguagesSayTheSameThings() throws IOException {
    assertThat(keys("en").stringPropertyNames())
        .isNotEmpty()
        .isEqualTo(keys("pt_BR").stringPropertyNames());
  }

  @Test
  void datesAndNumbersAreWrittenAsTheLanguageDoes() {
    Object[] values = {
      1200L, LocalDate.of(2025, 3, 9), LocalDate.of(2025, 5, 10), LocalDate.of(2025, 5, 17)
    };
    assertThat(Sentences.english().say("offer.again.due", values))
        .isEqualTo(
            "You have bought this on 1,200 days since 9 Mar 2025, last on 10 May 2025; you may need"
                + " it again around 17 May 2025.");
    assertThat(Sentences.brazilian().say("offer.again.due", values))
        .isEqualTo(
            "Você comprou este produto em 1.200 dias desde 09/03/2025, a última vez em 10/05/2025;"
                + " deve precisar dele de novo por volta de 17/05/2025.");
    assertThat(Sentences.english().change(2.34)).isEqualTo("+2.3");
    assertThat(Sentences.brazilian().change(-2.34)).isEqualTo("-2,3");
    assertThat(Sentences.brazilian().amount(12)).isEqualTo("12,0");
    assertThat(Sentences.english().say("forecast.part.correction", "+0.1"))
        .isEqualTo("fit to the category's total +0.1");
  }

  private static Properties keys(String language) throws IOException {
    Properties properties = new Properties();
    try (InputStreamReader reader =
        new InputStreamReader(
            Sentences.class.getResourceAsStream("sentences_" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }
}
