package com.posmodern.ai.contract;

import static com.posmodern.ai.contract.Layer.FEATURES;
import static com.posmodern.ai.contract.Layer.MODELS;
import static com.posmodern.ai.contract.Layer.OPS;
import static com.posmodern.ai.contract.Layer.RESULTS;
import static com.posmodern.ai.contract.Layer.SOURCE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every table of the lake; its contract is {@code lake-schemas/<path>.yaml}. */
public enum Table {
  /** Holidays and events of the calendar, per region. */
  CALENDAR(SOURCE),
  /** What happened to each message of a campaign. */
  CAMPAIGN_EVENTS(SOURCE),
  /** One row per member of the loyalty programme. */
  CUSTOMERS(SOURCE),
  /**
   * What customers did with a product in the shop's channels, and how they answered
   * recommendations.
   */
  INTERACTIONS(SOURCE),
  /** Stock per store, product and business date at closing time. */
  INVENTORY_DAILY(SOURCE),
  /** Events near a store that move its demand. */
  LOCAL_EVENTS(SOURCE),
  /** One row per product that is or was on sale. */
  PRODUCTS(SOURCE),
  /** Promotions per product, known in advance. */
  PROMOTIONS(SOURCE),
  /** Product ratings by customers. */
  REVIEWS(SOURCE),
  /** One row per line of a receipt, as the point of sale booked it. */
  SALES_LINES(SOURCE),
  /** What is ordered and on its way to the stores, and what arrived of it. */
  STOCK_ON_ORDER(SOURCE),
  /** One row per store. */
  STORES(SOURCE),
  /** Opening calendar: days on which a store is closed, or open against its habit. */
  STORE_DAYS(SOURCE),
  /** On what terms goods are ordered, per product, supplier and store. */
  SUPPLY_TERMS(SOURCE),
  /** Weather per store and day; forecasts for days to come. */
  WEATHER_DAILY(SOURCE),
  /** Sales lines that passed every check, once each, with the store's business date. */
  ACCEPTED_SALES(FEATURES),
  /** One row per known customer: recency, frequency, monetary value and behaviour. */
  CUSTOMER_FEATURES(FEATURES),
  /**
   * Demand per store, product and store-local business date, for days with a sale, a return or a
   * stock-out.
   */
  DAILY_DEMAND(FEATURES),
  /** One row per product that has sold. */
  PRODUCT_FEATURES(FEATURES),
  /** Implicit confidence per customer and product, decayed with time. */
  PURCHASE_INTERACTIONS(FEATURES),
  /** Champion and baseline against what happened, for the stores and products of the backtest. */
  FORECAST_BACKTEST(MODELS),
  /** Which candidate forecasts each demand class. */
  FORECAST_CHAMPIONS(MODELS),
  /** Conformal offsets of the 80 % interval per demand class and horizon bucket. */
  FORECAST_INTERVALS(MODELS),
  /** The trained forecasters: one row per model version and candidate. */
  FORECAST_MODELS(MODELS),
  /** ALS factors of the products; of new products by content similarity. */
  PRODUCT_FACTORS(MODELS),
  /** The trained ranker of recommendations. */
  RECOMMEND_RANKER(MODELS),
  /** Centroids of the customer segments in scaled feature space. */
  SEGMENT_CENTROIDS(MODELS),
  /** Whom a campaign addresses. */
  CAMPAIGN_AUDIENCE(RESULTS),
  /** What a campaign offers each customer. */
  CAMPAIGN_MESSAGES(RESULTS),
  /** How likely each customer is to buy in a category within the horizon. */
  CUSTOMER_PROPENSITY(RESULTS),
  /** The segment of every known customer. */
  CUSTOMER_SEGMENTS(RESULTS),
  /** Days on which demand left its interval. */
  DEMAND_ANOMALIES(RESULTS),
  /** Demand for the next 28 days per store and product. */
  DEMAND_FORECAST(RESULTS),
  /** Demand for the next 28 days per product and category over all stores. */
  DEMAND_FORECAST_TOTAL(RESULTS),
  /** Had the advice been followed: stock, service, lost sales and waste beside a baseline. */
  ORDER_BACKTEST(RESULTS),
  /** What sells best per store and segment: the answer for customers without history. */
  POPULAR_PRODUCTS(RESULTS),
  /** The products to offer each known customer, best first. */
  PRODUCT_RECOMMENDATIONS(RESULTS),
  /** How much to order per store and product. */
  REPLENISHMENT_ADVICE(RESULTS),
  /** What each segment is like. */
  SEGMENT_PROFILES(RESULTS),
  /** Products like a product, and products bought together with it. */
  SIMILAR_PRODUCTS(RESULTS),
  /** What arrived of each store and day, and what the day was. */
  ARRIVALS(OPS),
  /** One row per model version, candidate, scope and metric. */
  MODEL_METRICS(OPS),
  /** One row per model version: what it was made of, and whether it may score. */
  MODEL_REGISTRY(OPS),
  /** One row per job of a run; appended, never rewritten. */
  PIPELINE_RUNS(OPS),
  /** One row per kind of reader and switch; the newest of a reader names what it sees. */
  PUBLICATION_SWITCHES(OPS),
  /**
   * One row per table of a publication: the Delta version that holds its rows, and who made them.
   */
  PUBLICATIONS(OPS),
  /** One row per table and rule of a night. */
  QUALITY_RESULTS(OPS),
  /** Rows that were refused, with every reason. */
  QUARANTINE(OPS);

  private final Layer layer;

  Table(Layer layer) {
    this.layer = layer;
  }

  public Layer layer() {
    return layer;
  }

  /** Name without the layer, such as {@code sales_lines}. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Folder below the lake's root, such as {@code source/sales_lines}. */
  public String path() {
    return layer.folder() + "/" + tableName();
  }

  /** The table of that name, with or without its layer in front. */
  public static Optional<Table> named(String name) {
    return Arrays.stream(values())
        .filter(table -> table.tableName().equals(name) || table.path().equals(name))
        .findFirst();
  }

  @Override
  public String toString() {
    return layer.folder() + "." + tableName();
  }
}
