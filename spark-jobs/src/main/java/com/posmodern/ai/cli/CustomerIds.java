package com.posmodern.ai.cli;

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
   * Ids from the file, one per line, or else the one in the environment variable.
   *
   * @throws PosException usage when the file cannot be read; the message contains nothing from the
   *     file
   */
  static List<String> read(Optional<Path> file) {
    if (file.isEmpty()) {
      return Optional.ofNullable(System.getenv(VARIABLE)).stream().toList();
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
}
