package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.JOURNAL;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.NewFile;
import com.posmodern.ai.lake.StorageErrors;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The outbox of the lake: the table, and the journal of what it does not have yet. */
public final class Outbox {
  private static final String FOLDER = "outreach/journal";

  private final Lake lake;
  private final Journal journal;

  /**
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage does not respond
   */
  public Outbox(Lake lake) {
    this.lake = lake;
    String folder = lake.root() + "/" + FOLDER;
    try {
      this.journal = new Journal(new NewFile(lake.spark().sessionState().newHadoopConf(), folder));
    } catch (IOException e) {
      throw StorageErrors.explain(e, "opening " + folder);
    }
  }

  Journal journal() {
    return journal;
  }

  /** All attempts; empty when nothing was ever sent. */
  Optional<Dataset<Row>> attempts() {
    return lake.exists(Table.OUTBOX) ? Optional.of(lake.read(Table.OUTBOX)) : Optional.empty();
  }

  /**
   * Takes the journal over, one commit per as-of date, and forgets its files. What was interrupted
   * meanwhile is completed by the next call: the table knows the groups that it has.
   *
   * @return attempts taken over
   */
  public long takeOver() {
    return takeOver(waiting());
  }

  /** Groups in the journal: those on their way, and those that the table does not have yet. */
  List<String> waiting() {
    try {
      return journal.groups();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "reading " + lake.root() + "/" + FOLDER);
    }
  }

  /**
   * As {@link #takeOver()}, for some groups.
   *
   * @param groups none of which is on its way
   */
  long takeOver(List<String> groups) {
    if (groups.isEmpty()) {
      return 0;
    }
    try {
      Set<String> known = known(groups);
      Map<LocalDate, List<Row>> rows = new TreeMap<>();
      for (String group : groups) {
        for (Attempt attempt : journal.read(group)) {
          if (!known.contains(attempt.asOf() + "/" + group)) {
            rows.computeIfAbsent(attempt.asOf(), any -> new ArrayList<>()).add(row(attempt, group));
          }
        }
      }
      LakeWriter writer = new LakeWriter(lake);
      for (Map.Entry<LocalDate, List<Row>> date : rows.entrySet()) {
        writer.append(
            Table.OUTBOX,
            date.getKey(),
            lake.spark().createDataFrame(date.getValue(), schema()).coalesce(1));
      }
      for (String group : groups) {
        journal.forget(group);
      }
      return rows.values().stream().mapToLong(List::size).sum();
    } catch (IOException e) {
      throw StorageErrors.explain(e, "taking over " + lake.root() + "/" + FOLDER);
    }
  }

  /** As-of dates and groups that the table has already; few, as a crash left them. */
  private Set<String> known(List<String> groups) {
    Set<String> known = new HashSet<>();
    attempts()
        .ifPresent(
            rows ->
                rows.where(col(JOURNAL).isin(groups.toArray()))
                    .select(AS_OF_DATE, JOURNAL)
                    .distinct()
                    .collectAsList()
                    .forEach(row -> known.add(row.getDate(0) + "/" + row.getString(1))));
    return known;
  }

  private static Row row(Attempt attempt, String group) {
    return RowFactory.create(
        attempt.campaignId(),
        attempt.customerId(),
        attempt.step(),
        attempt.mode().name(),
        attempt.number(),
        attempt.reference(),
        attempt.arm(),
        attempt.channel().name(),
        attempt.provider(),
        attempt.state().name(),
        orNull(attempt.providerId()),
        orNull(attempt.reason()),
        attempt.legalBasis(),
        Timestamp.from(attempt.at()),
        group);
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static StructType schema() {
    Contract contract = Contracts.of(Table.OUTBOX);
    StructType schema = new StructType();
    for (String name :
        List.of(
            Columns.CAMPAIGN_ID,
            Columns.CUSTOMER_ID,
            Columns.MESSAGE_STEP,
            Columns.SEND_MODE,
            Columns.ATTEMPT,
            Columns.REFERENCE,
            Columns.ARM,
            Columns.CHANNEL,
            Columns.PROVIDER,
            Columns.STATE,
            Columns.PROVIDER_MESSAGE_ID,
            Columns.REASON,
            Columns.LEGAL_BASIS,
            Columns.RECORDED_AT,
            JOURNAL)) {
      schema = schema.add(name, contract.column(name).type(), true);
    }
    return schema;
  }
}
