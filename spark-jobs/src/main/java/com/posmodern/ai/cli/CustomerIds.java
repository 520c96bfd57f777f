package com.posmodern.ai.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom to erase. Never an argument: arguments show up in process lists, the shell history and the
 * scheduler's logs.
 */
final class CustomerIds {
  static final String VARIABLE = "POS_CUSTOMER_ID";

  private CustomerIds() {}

  /**
   * Ids from the file, one per line, or else those in the environment variable: one as it is,
   * several as a JSON list, because not every service hands on a value of several lines.
   *
   * @throws PosException usage when the file cannot be read; the message contains nothing from the
   *     file
   */
  static List<String> read(Optional<Path> file) {
    if (file.isEmpty()) {
      return Optional.ofNullable(System.getenv(VARIABLE))
          .map(CustomerIds::listed)
          .orElse(List.of());
    }
    try {
      return Files.readAllLines(file.get());
    } catch (IOException e) {
      throw PosException.usage(
          "cannot be read (" + e.getClass().getSimpleName() + ")",
          "--customer-file " + file.get(),
          "Give a text file with one customer id per line.");
    }
  }

  static List<String> listed(String value) {
    if (!value.startsWith("[")) {
      return List.of(value);
    }
    try {
      return List.of(new ObjectMapper().readValue(value, String[].class));
    } catch (JacksonException e) {
      // Without the cause, whose message shows what it read.
      throw PosException.usage(
          "begins with [ but is no JSON list of texts",
          VARIABLE,
          "Set it to one customer id, or to a list such as [\"4711\", \"4712\"].");
    }
  }
}
