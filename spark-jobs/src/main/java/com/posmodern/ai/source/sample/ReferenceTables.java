package com.posmodern.ai.source.sample;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.source.sample.BrazilianCalendar.Event;
import com.posmodern.ai.source.sample.Leaflets.Promotion;
import com.posmodern.ai.source.sample.Retailer.Category;
import com.posmodern.ai.source.sample.Retailer.City;
import com.posmodern.ai.source.sample.Traffic.LocalEvent;
import com.posmodern.ai.source.sample.WeatherForecasts.Expected;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The tables that grow with neither customers nor sales. */
final class ReferenceTables {
  /** A product's end is decided this long before. */
  private static final int END_KNOWN_DAYS = 60;

  private final SparkSession spark;
  private final World world;

  ReferenceTables(SparkSession spark, World world) {
    this.spark = spark;
    this.world = world;
  }

  Dataset<Row> stores() {
    List<Row> rows = new ArrayList<>();
    int cities = world.retailer.cities().size();
    for (int store = 0; store < world.settings.stores(); store++) {
      City city = world.retailer.city(store);
      String number = store < cities ? "" : " " + (store / cities + 1);
      rows.add(
          RowFactory.create(
              World.storeId(store),
              "Loja " + city.city() + number,
              city.city(),
              city.region(),
              city.timeZone(),
              city.latitude(),
              city.longitude(),
              date(world.lives.openedOn()[store])));
    }
    return frame(Table.STORES, rows);
  }

  Dataset<Row> products() {
    List<Row> rows = new ArrayList<>();
    int last = world.settings.days() - 1;
    for (Product product : world.shelf.products()) {
      Category category = world.retailer.categories().get(product.category());
      boolean gone = product.goneDay() != Product.NEVER;
      rows.add(
          RowFactory.create(
              product.id(),
              product.name(),
              category.category(),
              category.department(),
              product.brand(),
              BigDecimal.valueOf(product.cents()[last], 2),
              product.packSize(),
              date(product.launchDay()),
              gone ? date(product.goneDay()) : null,
              gone ? date(product.goneDay() - END_KNOWN_DAYS) : null));
    }
    return frame(Table.PRODUCTS, rows);
  }

  Dataset<Row> calendar() {
    List<Row> rows = new ArrayList<>();
    for (Event event : world.events) {
      rows.add(
          RowFactory.create(
              event.region(), Date.valueOf(event.date()), event.name(), event.kind()));
    }
    return frame(Table.CALENDAR, rows);
  }

  Dataset<Row> promotions() {
    List<Row> rows = new ArrayList<>();
    for (Promotion promotion : world.plan.promotions()) {
      rows.add(
          RowFactory.create(
              promotion.id(),
              world.shelf.products().get(promotion.product()).id(),
              promotion.store() < 0 ? null : World.storeId(promotion.store()),
              date(promotion.firstDay()),
              date(promotion.lastDay()),
              (double) promotion.percent(),
              promotion.mechanic(),
              date(promotion.announcedDay())));
    }
    return frame(Table.PROMOTIONS, rows);
  }

  /** Observed up to the last day, and what is expected then of the days after it. */
  Dataset<Row> weather() {
    List<Row> rows = new ArrayList<>();
    int days = world.settings.days();
    for (int store = 0; store < world.weather.length; store++) {
      Weather weather = world.weather[store];
      for (int day = 0; day < days; day++) {
        rows.add(
            RowFactory.create(
                World.storeId(store),
                date(day),
                weather.warmest[day],
                weather.coldest[day],
                weather.rain[day],
                "observed"));
      }
      for (int lead = 1; lead <= WeatherForecasts.LEADS; lead++) {
        int day = days - 1 + lead;
        Expected expected = expected(store, day, lead);
        rows.add(
            RowFactory.create(
                World.storeId(store),
                date(day),
                expected.warmest(),
                expected.coldest(),
                expected.rain(),
                "forecast"));
      }
    }
    return frame(Table.WEATHER_DAILY, rows);
  }

  /** As they were issued on each day. */
  Dataset<Row> weatherForecasts() {
    List<Row> rows = new ArrayList<>();
    for (int store = 0; store < world.weather.length; store++) {
      for (int issued = 0; issued < world.settings.days(); issued++) {
        for (int lead = 1; lead <= WeatherForecasts.LEADS; lead++) {
          Expected expected = expected(store, issued + lead, lead);
          rows.add(
              RowFactory.create(
                  World.storeId(store),
                  date(issued + lead),
                  date(issued),
                  expected.warmest(),
                  expected.coldest(),
                  expected.rain()));
        }
      }
    }
    return frame(Table.WEATHER_FORECASTS, rows);
  }

  private Expected expected(int store, int day, int lead) {
    return WeatherForecasts.of(world.settings.seed(), world.weather[store], store, day, lead);
  }

  Dataset<Row> localEvents() {
    List<Row> rows = new ArrayList<>();
    for (int store = 0; store < world.traffic.length; store++) {
      int number = 0;
      for (LocalEvent event : world.traffic[store].localEvents()) {
        String id = "E%s-%03d".formatted(World.storeId(store), ++number);
        rows.add(
            RowFactory.create(
                id,
                World.storeId(store),
                date(event.firstDay()),
                date(event.lastDay()),
                event.name(),
                (long) event.attendance(),
                null,
                null,
                null));
      }
    }
    return frame(Table.LOCAL_EVENTS, rows);
  }

  private Date date(int day) {
    LocalDate first = world.settings.firstDate();
    return Date.valueOf(first.plusDays(day));
  }

  private Dataset<Row> frame(Table table, List<Row> rows) {
    return spark.createDataFrame(rows, Contracts.of(table).schema());
  }
}
