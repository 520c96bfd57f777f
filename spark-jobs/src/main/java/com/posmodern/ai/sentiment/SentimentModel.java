package com.posmodern.ai.sentiment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A classifier as stored: a weight per class and hashed word, of logistic regression; or nothing,
 * and then the lexicon classifies. Words are kept as hashes, and of words that one writer used
 * nothing is kept.
 */
final class SentimentModel {
  /** Places that words are hashed to. */
  static final int PLACES = 1 << 16;

  private static final int CLASSES = Sentiment.values().length;

  /** Weights by place, then by class; empty for the lexicon. */
  private final Map<Integer, float[]> weights;

  private final float[] intercepts;

  SentimentModel(Map<Integer, float[]> weights, float[] intercepts) {
    this.weights = new TreeMap<>(weights);
    this.intercepts = intercepts.clone();
  }

  static SentimentModel lexicon() {
    return new SentimentModel(Map.of(), new float[CLASSES]);
  }

  boolean isLexicon() {
    return weights.isEmpty();
  }

  /** Place and number of each of the text's words and pairs of words. */
  static Map<Integer, Double> places(String text) {
    Map<Integer, Double> places = new TreeMap<>();
    for (String word : Words.ofOneOrTwo(text)) {
      places.merge(place(word), 1.0, Double::sum);
    }
    // However often a word is repeated, it says one thing.
    places.replaceAll((place, times) -> 1.0);
    return places;
  }

  Sentiment of(String text) {
    if (isLexicon()) {
      return Lexicon.of(text);
    }
    float[] sums = intercepts.clone();
    for (int place : places(text).keySet()) {
      float[] found = weights.get(place);
      for (int i = 0; found != null && i < CLASSES; i++) {
        sums[i] += found[i];
      }
    }
    int best = 0;
    for (int i = 1; i < CLASSES; i++) {
      best = sums[i] > sums[best] ? i : best;
    }
    return Sentiment.of(best);
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (float intercept : intercepts) {
        out.writeFloat(intercept);
      }
      out.writeInt(weights.size());
      for (Map.Entry<Integer, float[]> place : weights.entrySet()) {
        out.writeInt(place.getKey());
        for (float weight : place.getValue()) {
          out.writeFloat(weight);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static SentimentModel ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      float[] intercepts = floats(in);
      Map<Integer, float[]> weights = new TreeMap<>();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        int place = in.readInt();
        weights.put(place, floats(in));
      }
      return new SentimentModel(weights, intercepts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] values = new float[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  private static int place(String word) {
    int hash = word.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) & PLACES - 1;
  }
}
