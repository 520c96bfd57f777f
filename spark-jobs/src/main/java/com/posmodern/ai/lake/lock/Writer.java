package com.posmodern.ai.lake.lock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A program that wants to write.
 *
 * @param command what it is about to do; shown to others
 * @param together writers with the same word may write beside each other, where their commands
 *     differ and the storage allows it
 */
public record Writer(String command, String together) {
  /** One that writes alone. */
  public static Writer alone(String command) {
    return new Writer(command, UUID.randomUUID().toString());
  }

  /** A job of a night whose jobs a scheduler runs, each in a process of its own. */
  public static Writer jobOf(LocalDate asOf, String job) {
    return new Writer(job, "jobs of " + asOf);
  }

  /** This process and its host, as messages name them. */
  public static String place() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "an unnamed host";
    }
    return "process %d on %s".formatted(ProcessHandle.current().pid(), host);
  }
}
