package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.LATITUDE;
import static com.posmodern.ai.contract.Columns.LONGITUDE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.api.Position;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Where the stores are.
 *
 * @param byPosition stores at each place, in the order of their ids
 * @param unknown stores without a position or with a time zone that is none
 */
record StorePositions(Map<Position, List<String>> byPosition, List<String> unknown) {

  static StorePositions of(Lake lake) {
    Map<Position, List<String>> positions = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    for (Row store :
        lake.read(Table.STORES)
            .select(STORE_ID, LATITUDE, LONGITUDE, TIME_ZONE)
            .where(col(STORE_ID).isNotNull())
            .dropDuplicates(STORE_ID)
            .orderBy(STORE_ID)
            .collectAsList()) {
      Optional<ZoneId> zone = zone(store.getString(3));
      if (store.isNullAt(1) || store.isNullAt(2) || zone.isEmpty()) {
        unknown.add(store.getString(0));
      } else {
        positions
            .computeIfAbsent(
                Position.of(store.getDouble(1), store.getDouble(2), zone.get()),
                position -> new ArrayList<>())
            .add(store.getString(0));
      }
    }
    return new StorePositions(positions, unknown);
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.ofNullable(name).map(ZoneId::of);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
