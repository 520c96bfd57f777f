package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.Retailer.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The retailer's products, category after category.
 *
 * @param starts index of the first product of each category, and the number of products
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record Shelf(List<Product> products, int[] starts) {
  private static final double LAUNCHED_TOMORROW = 0.007;
  private static final double LAUNCHED_LATELY = 0.03;
  private static final double LAUNCHED_ON_THE_WAY = 0.08;
  private static final double GONE = 0.05;
  private static final int LATELY_DAYS = 27;
  private static final double ZIPF = 1.3;
  private static final double INFLATION = 0.045;
  private static final int[] PACKS = {6, 6, 10, 12, 12, 24};

  static Shelf of(SampleSettings settings, Retailer retailer, int calendarDays) {
    int count = settings.products();
    int[] counts = perCategory(count, retailer);
    int[] starts = new int[counts.length + 1];
    for (int c = 0; c < counts.length; c++) {
      starts[c + 1] = starts[c] + counts[c];
    }
    int[] lives = lives(settings);
    List<Product> products = new ArrayList<>(count);
    for (int c = 0; c < counts.length; c++) {
      int[] ranks = shuffled(settings.seed(), c, counts[c]);
      for (int i = 0; i < counts[c]; i++) {
        products.add(
            product(settings, retailer, c, i, starts[c] + i, ranks[i], lives, calendarDays));
      }
    }
    return new Shelf(List.copyOf(products), starts);
  }

  int size() {
    return products.size();
  }

  /** Index of a category's first product. */
  int start(int category) {
    return starts[category];
  }

  /** Index after a category's last product. */
  int end(int category) {
    return starts[category + 1];
  }

  /** Share of the category's products that are more popular. */
  double rank(Product product) {
    int better = 0;
    for (int p = start(product.category()); p < end(product.category()); p++) {
      if (products.get(p).popularity() > product.popularity()) {
        better++;
      }
    }
    return (double) better / (end(product.category()) - start(product.category()));
  }

  /** One product for every category, the rest by what people buy, damped. */
  private static int[] perCategory(int products, Retailer retailer) {
    int categories = retailer.categories().size();
    double[] weights = new double[categories];
    for (int c = 0; c < categories; c++) {
      Category category = retailer.categories().get(c);
      double department =
          retailer.personas().stream()
              .mapToDouble(
                  p -> p.share() * p.departments().getOrDefault(category.department(), 0.0))
              .sum();
      weights[c] = Math.sqrt(department * category.share());
    }
    double total = Arrays.stream(weights).sum();
    int[] counts = new int[categories];
    int left = products - categories;
    for (int c = 0; c < categories; c++) {
      int more = (int) Math.floor((products - categories) * weights[c] / total);
      counts[c] = 1 + more;
      left -= more;
    }
    for (int c = 0; left > 0; c++, left--) {
      counts[c % categories]++;
    }
    return counts;
  }

  /**
   * Launch and last day of every product, as pairs. Each kind of life gets its share exactly, so
   * that small shelves have them all.
   */
  private static int[] lives(SampleSettings settings) {
    int products = settings.products();
    int days = settings.days();
    int[] order = shuffled(settings.seed(), -1, products);
    int[] lives = new int[2 * products];
    int tomorrow = share(products, LAUNCHED_TOMORROW);
    int lately = tomorrow + share(products, LAUNCHED_LATELY);
    int onTheWay = lately + share(products, LAUNCHED_ON_THE_WAY);
    int gone = onTheWay + share(products, GONE);
    for (int p = 0; p < products; p++) {
      SplittableRandom random = Noise.stream(settings.seed(), Topic.PRODUCT, p, 1);
      int launch = -30 - random.nextInt(1500);
      int last = Product.NEVER;
      if (order[p] < tomorrow) {
        launch = days;
      } else if (order[p] < lately) {
        launch = days - 1 - random.nextInt(Math.min(LATELY_DAYS, days));
      } else if (order[p] < onTheWay) {
        launch = random.nextInt(Math.max(1, days - LATELY_DAYS));
      } else if (order[p] < gone) {
        last = days / 6 + random.nextInt(Math.max(1, days - days / 6 - 2));
      }
      lives[2 * p] = launch;
      lives[2 * p + 1] = last;
    }
    return lives;
  }

  private static int share(int products, double share) {
    return (int) Math.max(1, Math.round(products * share));
  }

  /** The numbers below the count, in an order that depends on the seed. */
  private static int[] shuffled(long seed, int salt, int count) {
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong(i -> Noise.hash(seed, Topic.PRODUCT, salt, i)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[count];
    for (int i = 0; i < count; i++) {
      ranks[order[i]] = i;
    }
    return ranks;
  }

  private static Product product(
      SampleSettings settings,
      Retailer retailer,
      int c,
      int number,
      int index,
      int rank,
      int[] lives,
      int calendarDays) {
    Category category = retailer.categories().get(c);
    List<String> brands = retailer.brands().get(category.department());
    SplittableRandom random = Noise.stream(settings.seed(), Topic.PRODUCT, index);
    Label label = Label.of(category, brands, settings.seed() + c, number);
    double low = category.price().get(0);
    double high = category.price().get(1);
    double level = 0.5 * label.sizeLevel() + 0.3 * label.brandLevel() + 0.2 * random.nextDouble();
    return new Product(
        index,
        "P%05d".formatted(index + 1),
        label.name(),
        c,
        label.brand(),
        label.variant(),
        Math.pow(rank + 1.5, -ZIPF) * Noise.spread(random, 0.25),
        random.nextDouble() < Math.max(category.bulk(), 0.06),
        category.byWeight(),
        PACKS[random.nextInt(PACKS.length)],
        lives[2 * index],
        lives[2 * index + 1],
        3.5 + 3.0 * random.nextDouble(),
        prices(settings.seed(), index, low * Math.pow(high / low, level), calendarDays));
  }

  /** Prices that follow inflation in uneven steps and end in 9 cents, as prices do. */
  private static int[] prices(long seed, int index, double first, int days) {
    SplittableRandom random = Noise.stream(seed, Topic.PRICE, index);
    int[] cents = new int[days];
    double price = first;
    int next = random.nextInt(120);
    for (int day = 0; day < days; day++) {
      if (day == next) {
        double drift = first * Math.exp(INFLATION * day / 365.0);
        price = drift * (1 + 0.05 * Noise.normal(random));
        next += 60 + random.nextInt(120);
      }
      cents[day] = (int) Math.max(99, Math.round(price * 10) * 10 - 1);
    }
    return cents;
  }

  /** What the price does to demand: more when it is under the drift of all prices. */
  static double priceEffect(Product product, int day) {
    double drift = product.cents()[0] * Math.exp(INFLATION * day / 365.0);
    return Math.pow(product.cents()[day] / drift, -1.3);
  }

  /** A name that no other product of the category has. */
  private record Label(
      String name, String brand, int variant, double sizeLevel, double brandLevel) {

    static Label of(Category category, List<String> brands, long salt, int number) {
      int nouns = category.nouns().size();
      int variants = category.variants().size();
      int sizes = category.sizes().size();
      int all = nouns * variants * sizes * brands.size();
      int step = stride(all);
      int place = (int) ((Noise.hash(salt, Topic.PRODUCT) >>> 1) % all);
      int code = (int) ((place + (long) number * step) % all);
      int noun = code % nouns;
      int variant = code / nouns % variants;
      int size = code / nouns / variants % sizes;
      int brand = code / nouns / variants / sizes;
      String edition = number < all ? "" : " Edição " + (number / all + 1);
      String name =
          "%s %s %s %s%s"
              .formatted(
                  category.nouns().get(noun),
                  category.variants().get(variant),
                  category.sizes().get(size),
                  brands.get(brand),
                  edition);
      return new Label(
          name,
          brands.get(brand),
          noun * variants + variant,
          sizes == 1 ? 0.5 : (double) size / (sizes - 1),
          1 - (brand + 1.0) / brands.size());
    }

    /** Near the golden section and without a common divisor: neighbours differ in everything. */
    private static int stride(int all) {
      int step = Math.max(1, (int) (all * 0.618));
      while (gcd(step, all) != 1) {
        step++;
      }
      return step;
    }

    private static int gcd(int a, int b) {
      return b == 0 ? a : gcd(b, a % b);
    }
  }
}
