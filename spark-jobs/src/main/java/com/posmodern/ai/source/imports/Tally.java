package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.source.imports.SourceReader.NOTES;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Statistics on a table's rows before any is written.
 *
 * @param rows of the source
 * @param good rows without a reason
 * @param keys distinct primary keys among the good rows, where they were asked for
 * @param usedAgain receipt numbers that are not one receipt's
 */
record Tally(
    long rows,
    long good,
    long keys,
    long usedAgain,
    SortedMap<String, Long> reasons,
    SortedMap<String, Long> notes) {

  private static final String TABLE = "__table";
  private static final String KEYS = "__keys";
  private static final String USED_AGAIN = "__used_again";
  private static final String ROWS = "__rows";

  /**
   * A table and what is to be counted of it.
   *
   * @param usedAgain receipt numbers that are not one receipt's, null for other tables
   */
  record Question(TableConversion way, Dataset<Row> judged, Dataset<Row> usedAgain) {}

  /** Counts all tables in one query, each kind of answer of all of them by one aggregate. */
  static Map<TableConversion, Tally> of(List<Question> questions) {
    List<Dataset<Row>> judgements = new ArrayList<>();
    List<Dataset<Row>> keys = new ArrayList<>();
    List<Dataset<Row>> usedAgain = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      judgements.add(question.judged().select(lit(i).as(TABLE), col(REASONS), col(NOTES)));
      if (question.way().keysMayRepeat() || question.way().mergesRows()) {
        keys.add(question.way().keys(question.judged()).select(lit(i).as(TABLE)));
      }
      if (question.usedAgain() != null) {
        usedAgain.add(question.usedAgain().select(lit(i).as(TABLE)));
      }
    }
    // One row per combination of rules that were broken together.
    Dataset<Row> answers =
        union(judgements).groupBy(TABLE, REASONS, NOTES).agg(count(lit(1)).as(ROWS));
    if (!keys.isEmpty()) {
      answers = answers.union(marked(KEYS, union(keys)));
    }
    if (!usedAgain.isEmpty()) {
      answers = answers.union(marked(USED_AGAIN, union(usedAgain)));
    }
    List<Builder> builders = questions.stream().map(question -> new Builder()).toList();
    answers.collectAsList().forEach(row -> builders.get(row.getInt(0)).add(row));
    Map<TableConversion, Tally> tallies = new LinkedHashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      tallies.put(questions.get(i).way(), builders.get(i).tally());
    }
    return tallies;
  }

  private static Dataset<Row> union(List<Dataset<Row>> parts) {
    return parts.stream().reduce(Dataset::union).orElseThrow();
  }

  private static Dataset<Row> marked(String mark, Dataset<Row> rows) {
    return rows.groupBy(TABLE)
        .agg(count(lit(1)).as(ROWS))
        .select(
            col(TABLE),
            array(lit(mark)).as(REASONS),
            array().cast("array<string>").as(NOTES),
            col(ROWS));
  }

  private static final class Builder {
    private long rows;
    private long good;
    private long keys;
    private long usedAgain;
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private final SortedMap<String, Long> notes = new TreeMap<>();

    void add(Row row) {
      List<String> found = row.getList(1);
      long count = row.getLong(3);
      if (found.equals(List.of(KEYS))) {
        keys = count;
      } else if (found.equals(List.of(USED_AGAIN))) {
        usedAgain = count;
      } else {
        rows += count;
        found.forEach(reason -> reasons.merge(reason, count, Long::sum));
        if (found.isEmpty()) {
          good += count;
          row.<String>getList(2).forEach(note -> notes.merge(note, count, Long::sum));
        }
      }
    }

    Tally tally() {
      return new Tally(rows, good, keys, usedAgain, reasons, notes);
    }
  }
}
