package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Gate;
import com.posmodern.ai.recommend.Catalogue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains the ranker on past days of the pool and evaluates it on the last days, which it has not
 * seen.
 *
 * <p>Let C be the as-of date minus the label days. The evaluated ranker is trained on cut-offs C
 * minus one, two, … times the label days, each labelled by the purchases up to the next; the ranker
 * that is kept is also trained on C. Only where the trained ranker is worse than the best simple
 * list by more than chance explains do the days after C choose: then the fixed blend stands in.
 */
public final class RankerTraining {
  /** Name in the registry. */
  public static final String MODEL = "recommend";

  /**
   * Approximate number of candidates per customer after sampling: bounds the customers trained on.
   */
  private static final int ROWS_PER_CUSTOMER = 90;

  /**
   * With this many times fewer customers than could be trained on, all of their candidates are: a
   * draw of them would add its chance to what little is there.
   */
  private static final int WELL_BELOW = 4;

  private final Products products;
  private final List<PurchaseHistory> pool;
  private final Exposures exposures;
  private final RecommendSettings settings;
  private final int asOf;
  private final int cutoff;
  private final Consumer<String> step;

  /**
   * Collects the pool to the driver: a bounded number of customers.
   *
   * @param exposures what they were shown; {@link Exposures#NONE} where it is not known
   * @param step receives progress messages
   */
  public RankerTraining(
      Histories histories,
      Exposures exposures,
      Products products,
      LocalDate asOf,
      RecommendSettings settings,
      Consumer<String> step) {
    this.products = products;
    this.pool = histories.pool();
    this.exposures = exposures;
    this.settings = settings;
    this.asOf = (int) asOf.toEpochDay();
    this.cutoff = (int) cutoff(asOf, settings).toEpochDay();
    this.step = step;
  }

  /** Last date that a model under evaluation may use. */
  public static LocalDate cutoff(LocalDate asOf, RecommendSettings settings) {
    return asOf.minusDays(settings.holdoutDays());
  }

  /** Why no model can be trained on these data; empty when one can. */
  public Optional<String> obstacle() {
    long known = pool.stream().filter(history -> history.until(cutoff) > 0).count();
    if (known < settings.minimumCustomers()) {
      return Optional.of(
          "%d identified customers before the holdout, fewer than minimum_customers %d"
              .formatted(known, settings.minimumCustomers()));
    }
    long pairs =
        pool.stream().mapToLong(h -> h.boughtBetween(Integer.MIN_VALUE, cutoff).length).sum();
    if (pairs < settings.minimumInteractions()) {
      return Optional.of(
          "%d customer-product pairs before the holdout, fewer than minimum_interactions %d"
              .formatted(pairs, settings.minimumInteractions()));
    }
    if (customersOf(cutoff).size() < 2) {
      return Optional.of(
          "no known customer bought anything in the last %d days, so no model can be evaluated"
              .formatted(settings.holdoutDays()));
    }
    return Optional.empty();
  }

  /**
   * Trains, evaluates, and trains again including the newest days.
   *
   * @param catalogueBefore {@link Catalogue} as of {@link #cutoff}
   * @param assortmentBefore as of the cutoff
   * @param former a version accepted up to the cutoff, which has seen nothing of the days after it
   */
  public Trained train(
      Dataset<Row> catalogueBefore, Assortment assortmentBefore, Optional<Former> former) {
    Knowledge before =
        Knowledge.of(
            pool,
            cutoff,
            products,
            products.offeredIn(catalogueBefore),
            settings.rules().newDays());
    List<TrainingRows> past = new ArrayList<>();
    for (int cut = 1; cut <= settings.ranker().cuts(); cut++) {
      step.accept(
          "candidates of %d days before the holdout".formatted(cut * settings.holdoutDays()));
      past.add(rows(cutoff - cut * settings.holdoutDays()));
    }
    TrainingRows rows = TrainingRows.concat(past);
    boolean blend = rows.purchases() < settings.ranker().minimumPurchases();
    step.accept(
        blend
            ? "%d purchases to learn from, fewer than minimum_purchases: a fixed blend"
                .formatted(rows.purchases())
            : "training on %,d candidates".formatted(rows.size()));
    HoldoutJudge judge =
        judge(
            before,
            assortmentBefore,
            blend ? null : BoostedRanker.train(rows, settings.ranker(), settings.seed()),
            former);
    String standIn = "";
    if (!blend && loses(judge)) {
      HoldoutJudge ofBlend = judge(before, assortmentBefore, null, former);
      if (!loses(ofBlend)) {
        standIn = standIn(judge);
        judge = ofBlend;
        blend = true;
      }
    }
    byte[] payload = null;
    long trainedOn = 0;
    if (!blend) {
      past.add(0, rows(before));
      TrainingRows newest = TrainingRows.concat(past.subList(0, settings.ranker().cuts()));
      trainedOn = newest.size();
      payload = BoostedRanker.train(newest, settings.ranker(), settings.seed());
    }
    return new Trained(
        Optional.ofNullable(payload),
        trainedOn,
        new Evaluation(
            MODEL,
            parameters(blend),
            judge.metrics(),
            judge.skill(),
            judge.skillError(),
            standIn,
            former.map(Former::version).map(judge::beside)));
  }

  private static boolean loses(HoldoutJudge judge) {
    return Gate.losesToBaseline(judge.skill(), judge.skillError());
  }

  private static String standIn(HoldoutJudge trained) {
    return String.format(
        Locale.ROOT,
        "a fixed blend stands in, as the trained ranker was %.1f %% worse than %s (two standard"
            + " errors are %.1f %%)",
        -100 * trained.skill(),
        trained.bestSimple().orElse(""),
        200 * trained.skillError());
  }

  /**
   * A version kept from before.
   *
   * @param ranker the serialised XGBoost model; empty for the fixed blend
   */
  public record Former(String version, Optional<byte[]> ranker) {}

  /**
   * The result of a training.
   *
   * @param ranker the serialised XGBoost model; empty for the fixed blend
   * @param rows number of candidates trained on
   */
  public record Trained(Optional<byte[]> ranker, long rows, Evaluation evaluation) {}

  private TrainingRows rows(int day) {
    return rows(
        Knowledge.ofPast(
            pool, day, products, settings.rules().stockedDays(), settings.rules().newDays()));
  }

  private TrainingRows rows(Knowledge knowledge) {
    int most = settings.ranker().trainingRows() / settings.ranker().cuts() / ROWS_PER_CUSTOMER;
    List<PurchaseHistory> customers = customersOf(knowledge.day);
    List<PurchaseHistory> drawn = customers.subList(0, Math.min(most, customers.size()));
    boolean few = customers.size() < most / WELL_BELOW;
    ThreadLocal<CandidateFinder> finder =
        ThreadLocal.withInitial(() -> new CandidateFinder(knowledge));
    // The pool is ordered by pseudonym, so the first customers are a random sample.
    TrainingRows[] rows = new TrainingRows[drawn.size()];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(
            i -> {
              int[] bought =
                  drawn.get(i).boughtBetween(knowledge.day, knowledge.day + settings.holdoutDays());
              Candidates candidates = finder.get().find(drawn.get(i));
              Exposures.Shown shown = exposures.of(drawn.get(i).customer(), knowledge.day);
              rows[i] =
                  few
                      ? TrainingRows.ofAll(candidates, bought, shown)
                      : TrainingRows.of(
                          candidates,
                          bought,
                          shown,
                          // Of the customer, not of a place that shifts with every new customer.
                          Objects.hash(drawn.get(i).customer(), knowledge.day));
            });
    return TrainingRows.concat(List.of(rows));
  }

  /** Customers known on the day who bought something in the label days after it. */
  private List<PurchaseHistory> customersOf(int day) {
    return pool.stream()
        .filter(
            history ->
                history.until(day) > 0
                    && history.until(day + settings.holdoutDays()) > history.until(day))
        .toList();
  }

  private HoldoutJudge judge(
      Knowledge before, Assortment assortment, byte[] payload, Optional<Former> former) {
    step.accept("evaluating on the last %d days".formatted(settings.holdoutDays()));
    boolean[] excluded =
        products.categoriesNamed(new HashSet<>(settings.rules().excludedCategories()));
    ListRules rules =
        new ListRules(settings.listLength(), settings.rules(), before, assortment, excluded);
    HoldoutJudge judge = new HoldoutJudge(before, rules, settings.listLength());
    CandidateFinder finder = new CandidateFinder(before);
    Ranker ranker = Ranker.of(payload);
    Optional<Ranker> kept = former.map(version -> Ranker.of(version.ranker().orElse(null)));
    customersOf(cutoff).stream()
        .limit(settings.evaluationCustomers())
        .forEach(
            history -> {
              Candidates candidates = finder.find(history);
              judge.add(
                  candidates,
                  ranker.scores(candidates),
                  kept.map(any -> any.scores(candidates)).orElse(null),
                  finder.own(),
                  history.boughtBetween(cutoff, asOf));
            });
    return judge;
  }

  private Map<String, String> parameters(boolean blend) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("method", blend ? "blend" : "xgboost " + settings.ranker().objective());
    parameters.put("rounds", String.valueOf(settings.ranker().rounds()));
    parameters.put("max_depth", String.valueOf(settings.ranker().maxDepth()));
    parameters.put("eta", String.valueOf(settings.ranker().eta()));
    parameters.put("cuts", String.valueOf(settings.ranker().cuts()));
    parameters.put("label_days", String.valueOf(settings.holdoutDays()));
    parameters.put("als_rank", String.valueOf(settings.als().rank()));
    parameters.put("seed", String.valueOf(settings.seed()));
    return parameters;
  }
}
