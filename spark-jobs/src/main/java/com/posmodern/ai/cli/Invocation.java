package com.posmodern.ai.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parsed command line.
 *
 * @param values of each option given, in the order of the line
 */
record Invocation(String command, Map<CliOption, List<String>> values) {
  static Invocation empty() {
    return new Invocation("", Map.of());
  }

  Invocation withCommand(String name) {
    return new Invocation(name, values);
  }

  /** A copy, because scopt folds over it. */
  Invocation with(CliOption option, String value) {
    Map<CliOption, List<String>> more = new EnumMap<>(CliOption.class);
    more.putAll(values);
    List<String> all = new ArrayList<>(option.mayBeRepeated() ? all(option) : List.of());
    all.add(value);
    more.put(option, List.copyOf(all));
    return new Invocation(command, more);
  }

  private List<String> all(CliOption option) {
    return values.getOrDefault(option, List.of());
  }

  private Optional<String> one(CliOption option) {
    return all(option).stream().findFirst();
  }

  private List<String> separated(CliOption option) {
    return one(option).map(value -> List.of(value.split(","))).orElse(List.of());
  }

  Optional<LocalDate> asOf() {
    return one(CliOption.AS_OF).map(LocalDate::parse);
  }

  Path conf() {
    return one(CliOption.CONF).map(Path::of).orElse(Path.of("conf", "local.yaml"));
  }

  Optional<String> lake() {
    return one(CliOption.LAKE);
  }

  List<String> stores() {
    return separated(CliOption.STORES);
  }

  List<String> only() {
    return separated(CliOption.ONLY);
  }

  String from() {
    return one(CliOption.FROM).orElse("");
  }

  boolean sampleIfAbsent() {
    return values.containsKey(CliOption.SAMPLE_IF_ABSENT);
  }

  /** Whether tables of business dates are rebuilt. */
  boolean rebuild() {
    return values.containsKey(CliOption.REBUILD);
  }

  Optional<Path> mapping() {
    return one(CliOption.MAPPING).map(Path::of);
  }

  /** Input paths by the name that the mapping uses for them. */
  Map<String, String> inputs() {
    Map<String, String> inputs = new TreeMap<>();
    for (String input : all(CliOption.INPUT)) {
      String[] parts = input.split("=", 2);
      inputs.put(parts[0], parts[1]);
    }
    return inputs;
  }

  boolean merge() {
    return values.containsKey(CliOption.MERGE);
  }

  /** Whether an import or a sending only shows what it would do (dry run). */
  boolean dryRun() {
    return values.containsKey(CliOption.DRY_RUN);
  }

  /** Files to draft a mapping for. */
  List<String> suggested() {
    return all(CliOption.SUGGEST);
  }

  /** The publication to switch readers back to. */
  Optional<String> to() {
    return one(CliOption.TO);
  }

  boolean json() {
    return values.containsKey(CliOption.JSON);
  }

  boolean mermaid() {
    return values.containsKey(CliOption.MERMAID);
  }

  /** Ids of the customers to erase or export, one per line. */
  Optional<Path> customerFile() {
    return one(CliOption.CUSTOMER_FILE).map(Path::of);
  }

  /** File for what is exported. */
  Optional<Path> output() {
    return one(CliOption.OUTPUT).map(Path::of);
  }

  /** Whether only what led to messages is exported. */
  boolean why() {
    return values.containsKey(CliOption.WHY);
  }

  /** Whether the stream ends when all has been read. */
  boolean once() {
    return values.containsKey(CliOption.ONCE);
  }

  /** Port that receive listens on. */
  int port() {
    return one(CliOption.PORT).map(Integer::parseInt).orElse(8099);
  }

  /** Share of stores that the arrivals command asks for. */
  double leastShare() {
    return one(CliOption.LEAST_SHARE).map(Double::parseDouble).orElse(1.0);
  }
}
