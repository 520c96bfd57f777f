package com.posmodern.ai.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.recommend.ParameterSearch.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterSearchTest {
  private static final AlsParameters ALS = new AlsParameters(8, 0.1, 1, 90);

  @Test
  void recallDecidesAndTheOrderAtTheTopAmongThoseThatCannotBeToldApart() {
    Trial first = trial(0.5, 0.300, 0.20);
    Trial nearButBetterOrdered = trial(1, 0.299, 0.22);
    Trial sameAgain = trial(1.5, 0.299, 0.22);
    Trial worse = trial(2, 0.290, 0.30);
    assertThat(ParameterSearch.best(List.of(first, nearButBetterOrdered, sameAgain, worse)))
        .isSameAs(nearButBetterOrdered);
  }

  @Test
  void candidatesAreBoundedDistinctSeededAndBeginWithTheFirstValues() {
    List<AlsParameters> candidates = AlsParameters.candidates(TestSettings.of(TestSettings.RULES));
    assertThat(candidates)
        .hasSize(2)
        .startsWith(new AlsParameters(6, 0.1, 10, 90))
        .isEqualTo(AlsParameters.candidates(TestSettings.of(TestSettings.RULES)));
    assertThat(new HashSet<>(candidates)).hasSize(2);
  }

  private static Trial trial(double personal, double recall, double gain) {
    return new Trial(
        ALS,
        Mixture.blend(personal, 0),
        Map.of(RankingMetrics.RECALL_20, recall, RankingMetrics.NDCG_10, gain));
  }
}
