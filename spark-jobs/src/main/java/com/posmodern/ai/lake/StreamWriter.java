package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Map;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes batches of a stream, each to each table once, however often it comes. */
public final class StreamWriter {
  private final Lake lake;
  private final WrittenTables tables;
  private final String stream;
  private final long batch;

  /**
   * @param stream id of the stream's checkpoint: batches of another checkpoint are other batches
   * @param batch number of the batch, which grows
   */
  public StreamWriter(Lake lake, String stream, long batch) {
    this.lake = lake;
    this.tables = new WrittenTables(lake, table -> Map.of());
    this.stream = stream;
    this.batch = batch;
  }

  public String stream() {
    return stream;
  }

  public long batch() {
    return batch;
  }

  /**
   * Appends the batch's rows; nothing happens when they are there already. Delta keeps the last
   * number of each stream in the table's log, with the rows.
   *
   * @param rows the contract's columns, with the as-of date where there is one
   * @throws com.posmodern.ai.error.PosException bad data when the rows break the contract,
   *     infrastructure when the storage fails; the batch is then to be written again
   */
  public void append(Table table, Dataset<Row> rows) {
    Contract contract = Contracts.of(table);
    try {
      if (!lake.exists(table)) {
        TableCreation.create(lake, contract);
        lake.traffic().committed();
      }
      tables.kept(contract, lake.newest(table));
      Dataset<Row> checked = RowRules.enforced(contract, ContractColumns.inOrder(contract, rows));
      LakeWriter.delta(checked, "append")
          .option("txnAppId", stream)
          .option("txnVersion", batch)
          .save(lake.location(table));
      lake.traffic().committed();
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "appending to " + table);
    }
  }
}
