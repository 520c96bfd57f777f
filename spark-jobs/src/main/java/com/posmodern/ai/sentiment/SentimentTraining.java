package com.posmodern.ai.sentiment;

import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Learns from rated reviews, and compares with the lexicon and with always saying the most frequent
 * on reviews held out. Logistic regression on hashed words and pairs of words.
 */
public final class SentimentTraining {
  /** Name in the registry. */
  public static final String MODEL = "sentiment";

  private static final String LABEL = "label";
  private static final String FEATURES = "features";
  private static final int ITERATIONS = 60;
  private static final double REGULARISATION = 0.003;

  /** Fewer rated reviews, or fewer of one class, say too little. */
  private static final int MIN_TEXTS = 200;

  private static final int MIN_OF_CLASS = 20;

  /** One in so many is held out. */
  private static final int HELD_OUT = 4;

  private static final StructType SCHEMA =
      new StructType()
          .add(LABEL, DataTypes.DoubleType, false)
          .add(FEATURES, SQLDataTypes.VectorType(), false);

  private static final String LEARNT = "hashed_words";
  private static final String LEXICON = "lexicon";
  private static final String MAJORITY = "majority";

  private static final StructType SAID =
      new StructType()
          .add("true", DataTypes.IntegerType, false)
          .add(LEARNT, DataTypes.IntegerType, false)
          .add(LEXICON, DataTypes.IntegerType, false);

  private SentimentTraining() {}

  /**
   * The outcome.
   *
   * @param model bytes for {@link SentimentTables}
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes of a model.
  public record Trained(byte[] model, long texts, Evaluation evaluation) {}

  /**
   * Trains on three quarters of the texts.
   *
   * @param rated columns text, stars (int) and draw (a number that never changes)
   */
  public static Trained train(Dataset<Row> rated) {
    Dataset<Row> texts = rated.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> past = texts.where("pmod(draw, " + HELD_OUT + ") <> 0");
      Dataset<Row> later = texts.where("pmod(draw, " + HELD_OUT + ") = 0");
      Map<Sentiment, Long> counts = counts(past);
      long learnt = counts.values().stream().mapToLong(Long::longValue).sum();
      boolean enough =
          learnt >= MIN_TEXTS
              && counts.getOrDefault(Sentiment.POSITIVE, 0L) >= MIN_OF_CLASS
              && counts.getOrDefault(Sentiment.NEGATIVE, 0L) >= MIN_OF_CLASS;
      if (!enough) {
        return new Trained(
            SentimentModel.lexicon().toBytes(),
            learnt,
            evaluation(
                List.of(), 0, "too few rated reviews to learn from: the lexicon classifies"));
      }
      SentimentModel model = fit(past);
      Sentiment usual = usual(counts);
      double[] f1 = new double[3];
      List<Metric> metrics = new ArrayList<>();
      List<String> names = List.of(LEARNT, LEXICON, MAJORITY);
      Map<String, long[][]> confusions = confusions(later, model.toBytes(), usual);
      for (int i = 0; i < names.size(); i++) {
        f1[i] = macroF1(confusions.get(names.get(i)));
        metrics.add(new Metric(names.get(i), Metric.ALL, "macro_f1", f1[i], i > 0, true));
      }
      double simple = Math.max(f1[1], f1[2]);
      double skill = simple > 0 ? f1[0] / simple - 1 : f1[0];
      boolean loses = skill < 0;
      return new Trained(
          (loses ? SentimentModel.lexicon() : model).toBytes(),
          learnt,
          evaluation(
              metrics,
              loses ? 0 : skill,
              loses
                  ? String.format(
                      Locale.ROOT,
                      "the lexicon stands in: macro-F1 %.3f, and %.3f of what was learnt",
                      f1[1],
                      f1[0])
                  : ""));
    } finally {
      texts.unpersist();
    }
  }

  /** Mean over the classes that occur of the harmonic mean of precision and recall. */
  static double macroF1(long[][] confusion) {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < confusion.length; c++) {
      long said = 0;
      long truth = 0;
      for (int other = 0; other < confusion.length; other++) {
        truth += confusion[c][other];
        said += confusion[other][c];
      }
      if (truth > 0) {
        classes++;
        sum += 2.0 * confusion[c][c] / (said + truth);
      }
    }
    return classes == 0 ? Double.NaN : sum / classes;
  }

  private static Map<Sentiment, Long> counts(Dataset<Row> texts) {
    Map<Sentiment, Long> counts = new EnumMap<>(Sentiment.class);
    texts
        .groupBy("stars")
        .count()
        .collectAsList()
        .forEach(row -> counts.merge(Sentiment.ofRating(row.getInt(0)), row.getLong(1), Long::sum));
    return counts;
  }

  private static Sentiment usual(Map<Sentiment, Long> counts) {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Sentiment.NEUTRAL);
  }

  private static SentimentModel fit(Dataset<Row> past) {
    Dataset<Row> rows =
        past.select("text", "stars")
            .map(
                (MapFunction<Row, Row>)
                    row -> {
                      Map<Integer, Double> places = SentimentModel.places(row.getString(0));
                      return RowFactory.create(
                          (double) Sentiment.ofRating(row.getInt(1)).label(),
                          Vectors.sparse(
                              SentimentModel.PLACES,
                              places.keySet().stream().mapToInt(Integer::intValue).toArray(),
                              places.values().stream().mapToDouble(Double::doubleValue).toArray()));
                    },
                Encoders.row(SCHEMA));
    LogisticRegressionModel fitted =
        new LogisticRegression()
            .setLabelCol(LABEL)
            .setFeaturesCol(FEATURES)
            .setFamily("multinomial")
            .setMaxIter(ITERATIONS)
            .setRegParam(REGULARISATION)
            // Scaled, a word of one review would weigh as much as a frequent one.
            .setStandardization(false)
            .fit(rows);
    Matrix matrix = fitted.coefficientMatrix();
    int classes = Sentiment.values().length;
    Map<Integer, float[]> weights = new HashMap<>();
    for (int place = 0; place < SentimentModel.PLACES; place++) {
      float[] found = new float[classes];
      boolean used = false;
      // With no neutral or no positive text there are fewer rows.
      for (int c = 0; c < Math.min(classes, matrix.numRows()); c++) {
        found[c] = (float) matrix.apply(c, place);
        used |= found[c] != 0;
      }
      if (used) {
        weights.put(place, found);
      }
    }
    float[] intercepts = new float[classes];
    Arrays.fill(intercepts, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < Math.min(classes, matrix.numRows()); c++) {
      intercepts[c] = (float) fitted.interceptVector().apply(c);
    }
    return new SentimentModel(weights, intercepts);
  }

  /** Of each method on the reviews held out: true class by said class. */
  private static Map<String, long[][]> confusions(
      Dataset<Row> later, byte[] model, Sentiment usual) {
    Map<String, long[][]> confusions = new HashMap<>();
    for (String name : List.of(LEARNT, LEXICON, MAJORITY)) {
      confusions.put(name, new long[Sentiment.values().length][Sentiment.values().length]);
    }
    later
        .select("text", "stars")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                part -> {
                  SentimentModel learnt = SentimentModel.ofBytes(model);
                  List<Row> said = new ArrayList<>();
                  part.forEachRemaining(
                      row ->
                          said.add(
                              RowFactory.create(
                                  Sentiment.ofRating(row.getInt(1)).label(),
                                  learnt.of(row.getString(0)).label(),
                                  Lexicon.of(row.getString(0)).label())));
                  return said.iterator();
                },
            Encoders.row(SAID))
        .groupBy("true", LEARNT, LEXICON)
        .count()
        .collectAsList()
        .forEach(
            row -> {
              int truth = row.getInt(0);
              confusions.get(LEARNT)[truth][row.getInt(1)] += row.getLong(3);
              confusions.get(LEXICON)[truth][row.getInt(2)] += row.getLong(3);
              confusions.get(MAJORITY)[truth][usual.label()] += row.getLong(3);
            });
    return confusions;
  }

  private static Evaluation evaluation(List<Metric> metrics, double skill, String standIn) {
    return new Evaluation(
        MODEL,
        Map.of("places", Integer.toString(SentimentModel.PLACES)),
        metrics,
        skill,
        0,
        standIn);
  }
}
