package com.posmodern.ai.source.imports;

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
import org.apache.spark.sql.Column;
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

  private static final String QUESTION = "__question";
  private static final String JUDGEMENTS = "__judgements";
  private static final String KEYS = "__keys";
  private static final String USED_AGAIN = "__used_again";
  private static final String ROWS = "__rows";

  /**
   * Rows and the tables that they were judged for, with what is to be counted of each.
   *
   * @param rows with the judgements of all these tables
   */
  record Question(Dataset<Row> rows, List<Part> parts) {}

  /**
   * One table of a question.
   *
   * @param reasons column of its reasons
   * @param notes column of its notes
   * @param keys its primary keys, each once; null where nobody asks
   * @param usedAgain receipt numbers that are not one receipt's; null for other tables
   */
  record Part(
      TableConversion way,
      String reasons,
      String notes,
      Dataset<Row> keys,
      Dataset<Row> usedAgain) {}

  /**
   * Counts all in one query. The judgements of a question's tables are counted together: one row
   * for each combination of rules that were broken together.
   */
  static Map<TableConversion, Tally> of(List<Question> questions) {
    List<Dataset<Row>> answers = new ArrayList<>();
    Map<Integer, Builder> builders = new LinkedHashMap<>();
    List<List<Integer>> tables = new ArrayList<>();
    for (Question question : questions) {
      List<Integer> places = new ArrayList<>();
      List<Column> judgements = new ArrayList<>();
      for (Part part : question.parts()) {
        int place = builders.size();
        builders.put(place, new Builder(part.way()));
        places.add(place);
        judgements.add(col(part.reasons()));
        judgements.add(col(part.notes()));
        if (part.keys() != null) {
          answers.add(counted(part.keys(), place, KEYS));
        }
        if (part.usedAgain() != null) {
          answers.add(counted(part.usedAgain(), place, USED_AGAIN));
        }
      }
      answers.add(
          question
              .rows()
              .groupBy(judgements.toArray(Column[]::new))
              .agg(count(lit(1)).as(ROWS))
              .select(
                  lit(tables.size()).as(QUESTION),
                  array(judgements.toArray(Column[]::new)).as(JUDGEMENTS),
                  col(ROWS)));
      tables.add(places);
    }
    for (Row row : answers.stream().reduce(Dataset::union).orElseThrow().collectAsList()) {
      List<scala.collection.Seq<String>> found = row.getList(1);
      if (found.size() == 1) {
        builders.get(row.getInt(0)).add(texts(found.get(0)).get(0), row.getLong(2));
        continue;
      }
      List<Integer> places = tables.get(row.getInt(0));
      for (int i = 0; i < places.size(); i++) {
        builders
            .get(places.get(i))
            .add(texts(found.get(2 * i)), texts(found.get(2 * i + 1)), row.getLong(2));
      }
    }
    Map<TableConversion, Tally> tallies = new LinkedHashMap<>();
    builders.values().forEach(builder -> tallies.put(builder.way, builder.tally()));
    return tallies;
  }

  /** A number of rows, in the shape of a judgement; one array alone tells it from them. */
  private static Dataset<Row> counted(Dataset<Row> rows, int place, String mark) {
    return rows.agg(count(lit(1)).as(ROWS))
        .select(lit(place).as(QUESTION), array(array(lit(mark))).as(JUDGEMENTS), col(ROWS));
  }

  private static List<String> texts(scala.collection.Seq<String> texts) {
    return scala.jdk.javaapi.CollectionConverters.asJava(texts);
  }

  private static final class Builder {
    private final TableConversion way;
    private long rows;
    private long good;
    private long keys;
    private long usedAgain;
    private final SortedMap<String, Long> reasons = new TreeMap<>();
    private final SortedMap<String, Long> notes = new TreeMap<>();

    Builder(TableConversion way) {
      this.way = way;
    }

    void add(String mark, long count) {
      if (mark.equals(KEYS)) {
        keys = count;
      } else {
        usedAgain = count;
      }
    }

    void add(List<String> reasonsFound, List<String> notesFound, long count) {
      rows += count;
      reasonsFound.forEach(reason -> reasons.merge(reason, count, Long::sum));
      if (reasonsFound.isEmpty()) {
        good += count;
        notesFound.forEach(note -> notes.merge(note, count, Long::sum));
      }
    }

    Tally tally() {
      return new Tally(rows, good, keys, usedAgain, reasons, notes);
    }
  }
}
