package com.posmodern.ai.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that a script of the repository starts and stops; stopped at the latest with the tests.
 */
final class ServerScript {
  private final String script;
  private final String name;
  private final Map<String, String> environment;
  private boolean hooked;

  /**
   * Tells the script's server from others.
   *
   * @param name of the logs below target/
   */
  ServerScript(String script, String name, Map<String, String> environment) {
    this.script = script;
    this.name = name;
    this.environment = environment;
  }

  /** Starts the server where it does not run. */
  synchronized void start() {
    ExternalPrograms.starting(script);
    run("start", 300);
    if (!hooked) {
      hooked = true;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> run("stop", 60)));
    }
  }

  private void run(String verb, int seconds) {
    Path log = Path.of("target", "%s-%s.log".formatted(name, verb));
    ProcessBuilder process =
        new ProcessBuilder(script, verb)
            .directory(Path.of(System.getProperty("repository.root")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    process.environment().putAll(environment);
    try {
      Process started = process.start();
      if (!started.waitFor(seconds, TimeUnit.SECONDS)
          || (started.exitValue() != 0 && !verb.equals("stop"))) {
        throw new IllegalStateException(
            "%s %s failed; it said: %s".formatted(script, verb, Files.readString(log)));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(script + " " + verb, e);
    }
  }
}
