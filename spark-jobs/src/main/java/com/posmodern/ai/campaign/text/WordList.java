package com.posmodern.ai.campaign.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words in lower case and without accents, kept in a file beside this class. */
final class WordList {
  private WordList() {}

  /** The words of a file of the application jar, separated by spaces and line ends. */
  static Set<String> of(String file) {
    try (InputStream in = Objects.requireNonNull(WordList.class.getResourceAsStream(file), file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("\\s+", -1))
          .filter(word -> !word.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
