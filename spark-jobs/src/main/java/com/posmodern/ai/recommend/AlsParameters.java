package com.posmodern.ai.recommend;

import com.posmodern.ai.config.RecommendSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One combination of the search.
 *
 * @param halfLife days after which a purchase counts half
 */
public record AlsParameters(int rank, double regularisation, double alpha, double halfLife) {

  /**
   * At most {@code searchFits} combinations of the grids: the first values of all grids, then a
   * seeded draw of the others (random search; Bergstra and Bengio 2012), so that the price of a
   * night does not multiply with every value added to a grid.
   */
  public static List<AlsParameters> candidates(RecommendSettings settings) {
    RecommendSettings.Als grid = settings.als();
    List<AlsParameters> all = new ArrayList<>();
    for (int rank : grid.ranks()) {
      for (double regularisation : grid.regularisations()) {
        for (double alpha : grid.alphas()) {
          for (double halfLife : grid.halfLives()) {
            all.add(new AlsParameters(rank, regularisation, alpha, halfLife));
          }
        }
      }
    }
    Collections.shuffle(all.subList(1, all.size()), new Random(settings.seed()));
    return List.copyOf(all.subList(0, Math.min(grid.searchFits(), all.size())));
  }
}
