package com.posmodern.ai.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own with this one's class path and flags. */
public final class ChildJvm {
  /** Flags of a program that lives for seconds: no time to compile well, and little to keep. */
  public static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-Xmx1g");

  private ChildJvm() {}

  /** With {@link #SHORT_LIVED}; its errors come out of its output, in the repository's root. */
  public static Process start(Class<?> main, List<String> arguments) throws IOException {
    return builder(main, arguments, SHORT_LIVED).redirectErrorStream(true).start();
  }

  /**
   * The process before it is started.
   *
   * @param flags of the JVM in addition, which go before this one's
   */
  public static ProcessBuilder builder(Class<?> main, List<String> arguments, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag ->
                flag.startsWith("--add-opens")
                    || flag.startsWith("-X")
                    || flag.startsWith("-Dlog4j2")
                    || flag.startsWith("-Djdk"))
        .forEach(command::add);
    command.addAll(flags);
    command.add("-Drepository.root=" + System.getProperty("repository.root"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(Path.of(System.getProperty("repository.root")).toFile());
  }
}
