package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.LATITUDE;
import static com.posmodern.ai.contract.Columns.LONGITUDE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.api.Position;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Where the stores are.
 *
 * @param byPosition stores at each place, in the order of their ids
 * @param unknown number of stores without a position
 */
record StorePositions(Map<Position, List<String>> byPosition, int unknown) {

  static StorePositions of(Lake lake) {
    Map<Position, List<String>> positions = new LinkedHashMap<>();
    int unknown = 0;
    for (Row store :
        lake.read(Table.STORES)
            .select(STORE_ID, LATITUDE, LONGITUDE, TIME_ZONE)
            .orderBy(STORE_ID)
            .collectAsList()) {
      if (store.isNullAt(1) || store.isNullAt(2)) {
        unknown++;
      } else {
        positions
            .computeIfAbsent(
                Position.of(store.getDouble(1), store.getDouble(2), ZoneId.of(store.getString(3))),
                position -> new ArrayList<>())
            .add(store.getString(0));
      }
    }
    return new StorePositions(positions, unknown);
  }
}
