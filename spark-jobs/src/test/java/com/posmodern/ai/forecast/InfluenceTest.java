package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InfluenceTest {
  /** Usually 4 = exp(bias); doubled by the weekday, halved and doubled again by others. */
  @Test
  void partsAreInUnitsAndAddUpToThePrediction() {
    float[] contributions = new float[Feature.COUNT + 1];
    contributions[Feature.COUNT] = (float) Math.log(4);
    contributions[Feature.WEEKDAY.column()] = (float) Math.log(2);
    contributions[Feature.PRICE.column()] = (float) -Math.log(2);
    contributions[Feature.PROMOTION_DISCOUNT.column()] = (float) Math.log(2);

    double[] parts = Influence.parts(contributions);

    assertThat(Arrays.stream(parts).sum()).isCloseTo(8, within(1e-5));
    assertThat(parts[Influence.LEVEL.place()]).isCloseTo(4, within(1e-5));
    assertThat(parts[Influence.WEEKDAY.place()]).isCloseTo(4, within(1e-5));
    assertThat(parts[Influence.PRICE.place()]).isCloseTo(-4, within(1e-5));
    assertThat(parts[Influence.PROMOTION.place()]).isCloseTo(4, within(1e-5));
  }

  @Test
  void withoutContributionsThePredictionIsTheLevel() {
    float[] contributions = new float[Feature.COUNT + 1];
    contributions[Feature.COUNT] = (float) Math.log(3);

    assertThat(Influence.parts(contributions)[Influence.LEVEL.place()]).isCloseTo(3, within(1e-5));
  }

  @Test
  void sentencesNameWhatMattersMostInTheirLanguage() {
    double[] parts = {7, 0.01, 3, 0, 0, 2, -1, 0};
    ForecastReasons reasons = ForecastReasons.of(parts, 13, 12.5, ForecastReasons.Languages.all());

    assertThat(reasons.simple()).isCloseTo(1.99, within(1e-9));
    assertThat(reasons.english())
        .isEqualTo(
            "Expected 12.5: usual level 7.0, averages of past weeks 2.0, weekday +3.0, promotion"
                + " +2.0, price -1.0, fit to the category's total -0.5.");
    assertThat(reasons.brazilian()).startsWith("Previsão de 12,5: nível habitual 7,0, ");
  }
}
