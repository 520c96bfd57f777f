package com.posmodern.ai.job.care;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.TableCare;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;

/** Maintenance of one table after the other: old as-of dates, small files, old files, the log. */
final class TableMaintenance {
  private final TableCare care;
  private final NeededRows needed;
  private final Retention retention;
  private final int compactBelowMib;

  TableMaintenance(TableCare care, NeededRows needed, Retention retention, int compactBelowMib) {
    this.care = care;
    this.needed = needed;
    this.retention = retention;
    this.compactBelowMib = compactBelowMib;
  }

  /** A table that a job is writing keeps what is left to do for the next run. */
  MaintainedTable maintain(Table table) {
    TableCare.Size before = care.size(table);
    List<String> done = new ArrayList<>();
    try {
      takeCare(table, done);
    } catch (DeltaConcurrentModificationException e) {
      done.add("the rest is left for the next run: a job was writing the table");
    } catch (Exception | FSError e) {
      throw StorageErrors.explain(e, "maintenance of " + table);
    }
    return new MaintainedTable(table, before, care.size(table), done);
  }

  private void takeCare(Table table, List<String> done) {
    Optional<LocalDate> newest = Optional.empty();
    if (table.layer() != Layer.SOURCE && !Contracts.of(table).isHistory()) {
      List<LocalDate> dates = care.dates(table);
      newest = dates.stream().findFirst();
      List<LocalDate> surplus = retention.surplus(table, dates);
      if (!surplus.isEmpty()) {
        care.drop(table, surplus);
        done.add("%d as-of dates dropped".formatted(surplus.size()));
      }
    }
    care.compact(table, newest, compactBelowMib);
    care.vacuum(table, needed.since(table));
    care.cleanLog(table);
  }
}
