package com.posmodern.ai.publish;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads the rows of publications, including old ones, from the lake. */
public final class PublishedRows {
  private final Lake lake;

  public PublishedRows(Lake lake) {
    this.lake = lake;
  }

  /**
   * The rows of a table with the contract's columns; empty when the publication does not include
   * it.
   *
   * <p>Files of an old version may have been removed when the rows are computed: Spark then fails
   * with a missing file.
   */
  public Optional<Dataset<Row>> of(Publication publication, Table table) {
    return publication
        .table(table)
        .map(
            published ->
                lake.read(table, published.deltaVersion()).where(Lake.isOf(publication.asOf())));
  }
}
