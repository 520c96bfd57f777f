package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.wording.Sentences;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The reasons why a product is in a customer's list, in a form that staff can read out. */
final class ListReasons {
  static final String BOUGHT_OFTEN = "bought_often";
  static final String BOUGHT_BEFORE = "bought_before";
  static final String NEW_FOR_YOU = "new_for_you";
  static final String GOES_WITH_PURCHASES = "goes_with_purchases";
  static final String SIMILAR_TASTE = "similar_taste";
  static final String POPULAR = "popular";

  private final Knowledge knowledge;
  private final int oftenPurchases;
  private final int newDays;
  private final Map<Integer, Float> strongest = new HashMap<>();
  private final Map<Integer, Integer> because = new HashMap<>();
  private final OfferSentences english;
  private final OfferSentences brazilian;
  private Candidates candidates;
  private int[] list;
  private OwnPurchases own;

  ListReasons(Knowledge knowledge, int oftenPurchases, int newDays) {
    this.knowledge = knowledge;
    this.oftenPurchases = oftenPurchases;
    this.newDays = newDays;
    LocalDate asOf = LocalDate.ofEpochDay(knowledge.day);
    this.english = new OfferSentences(Sentences.english(), asOf);
    this.brazilian = new OfferSentences(Sentences.brazilian(), asOf);
  }

  /**
   * Takes a customer's list.
   *
   * @param rows of the candidates, best first
   */
  void read(Candidates all, int[] rows, OwnPurchases purchases) {
    candidates = all;
    list = rows.clone();
    own = purchases;
    strongest.clear();
    because.clear();
    for (int row : rows) {
      if (!all.bought(row)) {
        strongest.put(all.products()[row], 0f);
      }
    }
    if (strongest.isEmpty()) {
      return;
    }
    for (int product : Knowledge.basket(own)) {
      float weight = own.decayed(2, own.place(product));
      knowledge.productNeighbours.forEach(
          product,
          (other, similarity) -> {
            Float former = strongest.get(other);
            if (former != null && weight * similarity > former) {
              strongest.put(other, weight * similarity);
              because.put(other, product);
            }
          });
    }
  }

  /** Row of {@link PersonalLists#SCHEMA} for a position of the list. */
  Row row(String customer, int place, float score) {
    int product = candidates.products()[list[place]];
    int bought = own.place(product);
    Integer led = because.get(product);
    String reason = reason(product, bought, list[place]);
    return RowFactory.create(
        customer,
        place + 1,
        knowledge.products.id(product),
        Math.round(score * 1e6) / 1e6,
        reason,
        bought >= 0,
        bought >= 0 ? (long) own.times(bought) : 0L,
        bought >= 0 ? date(own.first(bought)) : null,
        bought >= 0 ? date(own.last(bought)) : null,
        bought >= 0 && own.times(bought) > 1 ? Date.valueOf(due(bought)) : null,
        led == null ? null : knowledge.products.id(led),
        sentence(english, reason, bought, led),
        sentence(brazilian, reason, bought, led));
  }

  private LocalDate due(int bought) {
    return LocalDate.ofEpochDay(own.last(bought) + Math.round(own.interval(bought)));
  }

  private String sentence(OfferSentences language, String reason, int bought, Integer led) {
    return bought >= 0
        ? language.again(
            own.times(bought),
            LocalDate.ofEpochDay(own.first(bought)),
            LocalDate.ofEpochDay(own.last(bought)),
            due(bought))
        : language.discovery(reason, led == null ? null : knowledge.products.name(led));
  }

  private String reason(int product, int bought, int row) {
    if (bought >= 0) {
      return own.times(bought) >= oftenPurchases ? BOUGHT_OFTEN : BOUGHT_BEFORE;
    }
    if (knowledge.products.launchedWithin(product, knowledge.day, newDays)) {
      return NEW_FOR_YOU;
    }
    if (because.containsKey(product)) {
      return GOES_WITH_PURCHASES;
    }
    return candidates.feature(row, PairFeature.BY_CUSTOMERS) > 0 ? SIMILAR_TASTE : POPULAR;
  }

  private static Date date(int day) {
    return Date.valueOf(LocalDate.ofEpochDay(day));
  }
}
