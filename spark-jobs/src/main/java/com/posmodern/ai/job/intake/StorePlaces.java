package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.CITY;
import static com.posmodern.ai.contract.Columns.LATITUDE;
import static com.posmodern.ai.contract.Columns.LONGITUDE;
import static com.posmodern.ai.contract.Columns.REGION;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.events.StorePlace;
import java.util.List;

/** Where the stores are, as exactly as the lake knows it. */
final class StorePlaces {
  private StorePlaces() {}

  /** In the order of their ids. */
  static List<StorePlace> of(Lake lake) {
    return lake
        .read(Table.STORES)
        .select(STORE_ID, LATITUDE, LONGITUDE, CITY, REGION)
        .where(col(STORE_ID).isNotNull())
        .dropDuplicates(STORE_ID)
        .orderBy(STORE_ID)
        .collectAsList()
        .stream()
        .map(
            row ->
                StorePlace.of(
                    row.getString(0),
                    row.<Double>getAs(1),
                    row.<Double>getAs(2),
                    row.getString(3),
                    row.getString(4)))
        .toList();
  }
}
