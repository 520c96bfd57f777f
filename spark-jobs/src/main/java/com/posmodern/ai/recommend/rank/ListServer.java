package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.rank.Histories.Shopper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** Everything a task needs to compute customers' lists; broadcast once. */
final class ListServer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Knowledge knowledge;
  private final byte[] ranker;
  private final ListRules withoutAge;
  private final ListRules withAge;
  private final int oftenPurchases;
  private final int newDays;

  /**
   * @param ranker null for the fixed blend
   */
  ListServer(
      Knowledge knowledge,
      byte[] ranker,
      ListRules withoutAge,
      ListRules withAge,
      int oftenPurchases,
      int newDays) {
    this.knowledge = knowledge;
    this.ranker = ranker == null ? null : ranker.clone();
    this.withoutAge = withoutAge;
    this.withAge = withAge;
    this.oftenPurchases = oftenPurchases;
    this.newDays = newDays;
  }

  /** The rows of {@link PersonalLists#SCHEMA}, customer by customer. */
  Iterator<Row> serve(Iterator<Shopper> customers) {
    Ranker loaded = Ranker.of(ranker);
    CandidateFinder finder = new CandidateFinder(knowledge);
    ListReasons reasons = new ListReasons(knowledge, oftenPurchases, newDays);
    return new Served(customers, shopper -> list(shopper, finder, loaded, reasons));
  }

  private List<Row> list(
      Shopper shopper, CandidateFinder finder, Ranker loaded, ListReasons reasons) {
    Candidates candidates = finder.find(shopper.history());
    float[] scores = loaded.scores(candidates);
    ListRules rules = shopper.ageOnRecord() ? withAge : withoutAge;
    int[] list = rules.choose(candidates, ListRules.order(candidates, scores));
    reasons.read(candidates, list, finder.own());
    List<Row> rows = new ArrayList<>(list.length);
    for (int place = 0; place < list.length; place++) {
      rows.add(reasons.row(shopper.history().customer(), place, scores[list[place]]));
    }
    return rows;
  }

  /** Only one customer's rows are in memory at a time. */
  private static final class Served implements Iterator<Row> {
    private final Iterator<Shopper> customers;
    private final Function<Shopper, List<Row>> lists;
    private Iterator<Row> rows = List.<Row>of().iterator();

    Served(Iterator<Shopper> customers, Function<Shopper, List<Row>> lists) {
      this.customers = customers;
      this.lists = lists;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && customers.hasNext()) {
        rows = lists.apply(customers.next()).iterator();
      }
      return rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }
  }
}
