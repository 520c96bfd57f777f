package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;

/**
 * What groups of customers like: each group has its brands, its kinds of each category, and its
 * categories within a department. Personas are apart from this: they decide on departments.
 *
 * @param products factor on each product, by group
 * @param categories factor on each category's share of its department, by group
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record Taste(float[][] products, double[][] categories) {
  private static final double BRANDS = 0.9;
  private static final double KINDS = 0.9;
  private static final double CATEGORIES = 0.6;

  static Taste of(SampleSettings settings, Retailer retailer, Shelf shelf) {
    int groups = settings.tasteClusters();
    float[][] products = new float[groups][shelf.size()];
    double[][] categories = new double[groups][retailer.categories().size()];
    for (int g = 0; g < groups; g++) {
      for (int c = 0; c < categories[g].length; c++) {
        categories[g][c] = spread(settings.seed(), CATEGORIES, g, 0, c);
        fillCategory(settings.seed(), shelf, g, c, products[g]);
      }
    }
    return new Taste(products, categories);
  }

  /** Scaled to mean 1 over the category's popularity: taste moves shares, not volumes. */
  private static void fillCategory(long seed, Shelf shelf, int group, int c, float[] factors) {
    double liked = 0;
    double popular = 0;
    for (int p = shelf.start(c); p < shelf.end(c); p++) {
      Product product = shelf.products().get(p);
      double factor =
          spread(seed, BRANDS, group, 1, product.brand().hashCode())
              * spread(seed, KINDS, group, 2 + c, product.variant());
      factors[p] = (float) factor;
      liked += factor * product.popularity();
      popular += product.popularity();
    }
    for (int p = shelf.start(c); p < shelf.end(c); p++) {
      factors[p] *= (float) (popular / liked);
    }
  }

  private static double spread(long seed, double sigma, long... keys) {
    return Noise.spread(Noise.stream(seed, Topic.TASTE, keys), sigma);
  }
}
