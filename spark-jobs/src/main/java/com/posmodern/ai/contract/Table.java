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
  /** Which products a store keeps, from when to when. */
  ASSORTMENT(SOURCE),
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
  /** Events near a store that affect its demand. */
  LOCAL_EVENTS(SOURCE),
  /** One row per product that is or was on sale. */
  PRODUCTS(SOURCE),
  /** Promotions per product, known in advance. */
  PROMOTIONS(SOURCE),
  /** Product ratings by customers. */
  REVIEWS(SOURCE),
  /** One row per line of a receipt, as the point of sale booked it. */
  SALES_LINES(SOURCE),
  /** Orders on their way to the stores, and orders that have arrived. */
  STOCK_ON_ORDER(SOURCE),
  /** One row per store. */
  STORES(SOURCE),
  /** Opening calendar: days on which a store is closed, or open although it usually is not. */
  STORE_DAYS(SOURCE),
  /** Who must get no messages. */
  SUPPRESSIONS(SOURCE),
  /** On what terms goods are ordered, per product, supplier and store. */
  SUPPLY_TERMS(SOURCE),
  /** How much a term is asked for or talked about per day, for the products it is about. */
  TREND_SIGNALS(SOURCE),
  /** Weather per store and day; forecasts for future days. */
  WEATHER_DAILY(SOURCE),
  /** Forecasts of the weather per store and day, as they were issued. */
  WEATHER_FORECASTS(SOURCE),
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
  /**
   * Forecasts of champion and baseline beside actual demand, for the stores and products of the
   * backtest.
   */
  FORECAST_BACKTEST(MODELS),
  /** The candidate chosen to forecast each demand class. */
  FORECAST_CHAMPIONS(MODELS),
  /** Conformal offsets of the 80 % interval per demand class and horizon bucket. */
  FORECAST_INTERVALS(MODELS),
  /** The trained forecasters: one row per model version and candidate. */
  FORECAST_MODELS(MODELS),
  /** ALS factors of the products; those of new products come from similar products. */
  PRODUCT_FACTORS(MODELS),
  /**
   * The rows on which propensities were trained and judged, for comparisons with other programs.
   */
  PROPENSITY_EXAMPLES(MODELS),
  /** The trained models of customers' propensities. */
  PROPENSITY_MODELS(MODELS),
  /** The trained ranker of recommendations. */
  RECOMMEND_RANKER(MODELS),
  /** Centroids of the customer segments in scaled feature space. */
  SEGMENT_CENTROIDS(MODELS),
  /** Who was selected for which campaign, and into which arm. */
  CAMPAIGN_AUDIENCE(RESULTS),
  /** How many customers a campaign selected, and left out for which reason. */
  CAMPAIGN_FUNNEL(RESULTS),
  /** The message of every customer whom a campaign addresses. */
  CAMPAIGN_MESSAGES(RESULTS),
  /** What each variant of a campaign has earned, beside customers who got no message. */
  CAMPAIGN_RESULTS(RESULTS),
  /** How likely each known customer is to buy in a category, to lapse, or to respond. */
  CUSTOMER_PROPENSITY(RESULTS),
  /** The segment of every known customer. */
  CUSTOMER_SEGMENTS(RESULTS),
  /** Runs of days on which demand was out of the ordinary, with the likely cause. */
  DEMAND_ANOMALIES(RESULTS),
  /** Demand for the next 28 days per store and product. */
  DEMAND_FORECAST(RESULTS),
  /** Demand for the next 28 days per product and category over all stores. */
  DEMAND_FORECAST_TOTAL(RESULTS),
  /** What a store sells in each hour of the week. */
  LIVE_PROFILES(RESULTS),
  /** How often products, tills, lost carts and customers occur within an hour. */
  LIVE_RATES(RESULTS),
  /** What comes next in a basket or a session, after one or two products. */
  NEXT_PRODUCTS(RESULTS),
  /** Had the advice been followed: stock, service, lost sales and waste beside a baseline. */
  ORDER_BACKTEST(RESULTS),
  /** The best-selling products per store and segment, for customers without history. */
  POPULAR_PRODUCTS(RESULTS),
  /** The products to offer each known customer, best first. */
  PRODUCT_RECOMMENDATIONS(RESULTS),
  /** What became of recommended products that customers were shown. */
  RECOMMENDATION_RESULTS(RESULTS),
  /** How much to order per store and product. */
  REPLENISHMENT_ADVICE(RESULTS),
  /** Praise and blame in what customers wrote, per product, category, store and month. */
  REVIEW_SENTIMENT(RESULTS),
  /** How many customers moved from which segment to which since the night before. */
  SEGMENT_MOVES(RESULTS),
  /** A profile of each segment. */
  SEGMENT_PROFILES(RESULTS),
  /** Similar products, and products bought together. */
  SIMILAR_PRODUCTS(RESULTS),
  /** Which sales arrived per store and day, and whether the day was open, closed or incomplete. */
  ARRIVALS(OPS),
  /** Variants of campaigns that are stopped. */
  CAMPAIGN_STOPS(OPS),
  /**
   * What each batch of the event stream found, per table: every event is accepted, repeated or
   * refused.
   */
  EVENT_BATCHES(OPS),
  /** Alerts of the command stream, a row per change. */
  LIVE_ALERTS(OPS),
  /** One row per model version, candidate, scope and metric. */
  MODEL_METRICS(OPS),
  /** One row per model version: parameters, input versions, and whether the gate accepted it. */
  MODEL_REGISTRY(OPS),
  /** What became of every attempt to send a message. */
  OUTBOX(OPS),
  /** One row per job of a run; append-only. */
  PIPELINE_RUNS(OPS),
  /**
   * One row per kind of reader and switch; the newest row of a reader names the publication it
   * sees.
   */
  PUBLICATION_SWITCHES(OPS),
  /**
   * One row per table of a publication: the Delta version that holds its rows, and who made them.
   */
  PUBLICATIONS(OPS),
  /** One row per table and rule of a night. */
  QUALITY_RESULTS(OPS),
  /** Rejected rows with all reasons. */
  QUARANTINE(OPS),
  /** Sales lines that broke a rule, per business date; the quarantine of a night is made of it. */
  REFUSED_SALES(OPS),
  /** What each run of send found and did. */
  SEND_RUNS(OPS),
  /** How old the newest row of each source was, and whether that is too old. */
  SOURCE_AGES(OPS);

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

  /** The table with that name, with or without the layer as a prefix. */
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
