package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Number of a shopper with a card to what they looked at, reviewed, and did with campaigns; a
 * trickle beside the sales.
 */
final class Feedback implements FlatMapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;
  private static final int CAMPAIGN_EVERY_DAYS = 30;

  /** Neither the channel nor the answer is recorded, as by systems that tell only the kind. */
  private static final String UNKNOWN = null;

  private static final int LOOKED_BACK_DAYS = 90;
  private static final double RECEIVES = 0.25;
  private static final double REVIEWS = 0.15;
  private static final String[] GOOD = {
    "Muito bom, compro sempre.",
    "Ótimo preço.",
    "Recomendo.",
    "Não tenho do que reclamar.",
    "Adorei, super fresco e bem embalado.",
    "Chegou rápido e nada amassado.",
    "Vale cada centavo!",
    "Produto excelente, voltarei a comprar.",
    "Nunca tive problema com essa marca.",
    "Gostei muito, sabor ótimo.",
    "Melhor que o da concorrência.",
    "Barato e de boa qualidade."
  };
  private static final String[] BAD = {
    "Não gostei.",
    "Veio com a embalagem aberta.",
    "Caro.",
    "Não recomendo, sabor ruim.",
    "Muito caro para o que oferece.",
    "Chegou vencido e amassado.",
    "Nada bom, decepção total.",
    "Nunca mais compro.",
    "Péssimo, veio estragado.",
    "Não vale o preço.",
    "Demorou e veio errado.",
    "Já foi melhor, agora está fraco."
  };

  private final SampleSettings settings;
  private final Table table;

  Feedback(SampleSettings settings, Table table) {
    this.settings = settings;
    this.table = table;
  }

  @Override
  public Iterator<Row> call(Long number) {
    World world = World.of(settings);
    Shopper shopper = Shopper.of(world, number);
    SplittableRandom random =
        Noise.stream(settings.seed(), Topic.FEEDBACK, number, table.tableName().hashCode());
    List<Row> rows = new ArrayList<>();
    switch (table) {
      case INTERACTIONS -> interactions(world, shopper, random, rows);
      case REVIEWS -> reviews(world, shopper, random, rows);
      default -> campaigns(shopper, random, rows);
    }
    return rows.iterator();
  }

  private void interactions(World world, Shopper shopper, SplittableRandom random, List<Row> rows) {
    int views = Noise.poisson(random, 1 + 8 * shopper.onlineShare());
    for (int i = 0; i < views; i++) {
      int day = settings.days() - 1 - random.nextInt(Math.min(LOOKED_BACK_DAYS, settings.days()));
      int product = liked(world, shopper, day, random);
      if (day < shopper.firstDay() || day > shopper.lastDay() || product < 0) {
        continue;
      }
      boolean recommended = random.nextDouble() < 0.3;
      String[] kinds =
          recommended
              ? new String[] {"recommendation_shown", "recommendation_taken", "cart"}
              : new String[] {"view", "click", "cart"};
      double going = random.nextDouble();
      int steps = going < 0.6 ? 1 : going < 0.85 ? 2 : 3;
      long second = 8 * 3600L + random.nextInt(14 * 3600);
      for (int step = 0; step < steps; step++) {
        rows.add(
            RowFactory.create(
                id("I", shopper, rows.size()),
                World.customerId(shopper.number()),
                world.shelf.products().get(product).id(),
                kinds[step],
                moment(day, second + 20L * step),
                // Its web shop belongs to no store.
                null));
      }
    }
  }

  private void reviews(World world, Shopper shopper, SplittableRandom random, List<Row> rows) {
    if (random.nextDouble() >= REVIEWS) {
      return;
    }
    int day = random.nextInt(settings.days());
    int product = liked(world, shopper, day, random);
    if (day < shopper.firstDay() || day > shopper.lastDay() || product < 0) {
      return;
    }
    boolean content = random.nextDouble() < 0.8;
    String[] texts = content ? GOOD : BAD;
    rows.add(
        RowFactory.create(
            id("V", shopper, 0),
            World.customerId(shopper.number()),
            world.shelf.products().get(product).id(),
            content ? 4 + random.nextInt(2) : 1 + random.nextInt(3),
            random.nextDouble() < 0.6 ? texts[random.nextInt(texts.length)] : null,
            moment(day, 8 * 3600L + random.nextInt(14 * 3600))));
  }

  private void campaigns(Shopper shopper, SplittableRandom random, List<Row> rows) {
    String[] kinds = {"sent", "opened", "clicked", "converted"};
    double[] goesOn = {0.35, 0.3, 0.25};
    for (int day = CAMPAIGN_EVERY_DAYS; day < settings.days(); day += CAMPAIGN_EVERY_DAYS) {
      boolean there = day >= shopper.firstDay() && day <= shopper.lastDay();
      if (random.nextDouble() >= RECEIVES || !there) {
        continue;
      }
      String campaign = "CP-%03d".formatted(day / CAMPAIGN_EVERY_DAYS);
      for (int step = 0; step < kinds.length; step++) {
        if (step > 0 && random.nextDouble() >= goesOn[step - 1]) {
          break;
        }
        campaignEvent(shopper, campaign, kinds[step], moment(day, 36_000L + 3000L * step), rows);
      }
      if (random.nextDouble() < 0.004) {
        campaignEvent(shopper, campaign, "unsubscribed", moment(day, 50_000L), rows);
        return;
      }
    }
  }

  private static void campaignEvent(
      Shopper shopper, String campaign, String kind, Timestamp moment, List<Row> rows) {
    rows.add(
        RowFactory.create(
            id("M", shopper, rows.size()),
            campaign,
            World.customerId(shopper.number()),
            kind,
            moment,
            UNKNOWN,
            UNKNOWN));
  }

  /** A product that the shopper may well buy on that day; -1 when their shelf is empty. */
  private static int liked(World world, Shopper shopper, int day, SplittableRandom random) {
    int c = Noise.pick(random, shopper.shares(), shopper.shares().length);
    int start = world.shelf.start(c);
    int size = world.shelf.end(c) - start;
    float[] pulls = world.field.pulls(shopper.homeStore(), day);
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = pulls[start + i] * world.taste.products()[shopper.taste()][start + i];
    }
    int found = Noise.pick(random, weights, size);
    return found < 0 ? found : start + found;
  }

  private static String id(String letter, Shopper shopper, int number) {
    return "%s%07d-%03d".formatted(letter, shopper.number() + 1, number + 1);
  }

  private Timestamp moment(int day, long second) {
    return Timestamp.from(
        Instant.ofEpochSecond((settings.firstDate().toEpochDay() + day) * 86_400 + second));
  }
}
