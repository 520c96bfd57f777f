package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Number of a store and product to its stock: every stock-out of the whole history, and the stock
 * of each of the last days. The full grid would be larger than the sales.
 */
final class Inventory implements FlatMapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;
  private static final int COVER_DAYS = 10;

  private final SampleSettings settings;

  Inventory(SampleSettings settings) {
    this.settings = settings;
  }

  @Override
  public Iterator<Row> call(Long number) {
    World world = World.of(settings);
    int store = (int) (number / world.shelf.size());
    Product product = world.shelf.products().get((int) (number % world.shelf.size()));
    List<Row> rows = new ArrayList<>();
    if (!world.field.stocked(store, product.index())) {
      return rows.iterator();
    }
    double daily = world.velocity(store, product);
    long phase = Noise.hash(settings.seed(), Topic.INVENTORY, number) >>> 1;
    int first = Math.max(product.launchDay(), world.lives.openedOn()[store]);
    for (int day = Math.max(0, first); day < settings.days(); day++) {
      boolean out = world.stockOuts.at(store, product.index(), day);
      if (product.soldOn(day) && (out || day >= settings.days() - settings.inventoryDays())) {
        // Falls for some days after each delivery, then the next one comes.
        long left = COVER_DAYS - (day + phase) % COVER_DAYS;
        long units = out ? 0 : Math.max(1, Math.round(daily * (left + 2)));
        rows.add(
            RowFactory.create(
                World.storeId(store),
                product.id(),
                Date.valueOf(settings.firstDate().plusDays(day)),
                BigDecimal.valueOf(units * 1000, 3),
                out));
      }
    }
    return rows.iterator();
  }
}
