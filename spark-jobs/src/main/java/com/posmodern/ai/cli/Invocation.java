package com.posmodern.ai.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line asks for; {@code with…} methods because scopt folds over it. */
record Invocation(
    String command,
    Optional<LocalDate> asOf,
    Path conf,
    Optional<String> lake,
    List<String> only,
    String from,
    boolean sampleIfAbsent,
    Optional<Path> mapping,
    Map<String, String> inputs,
    boolean merge,
    boolean json) {

  static Invocation empty() {
    return new Invocation(
        "",
        Optional.empty(),
        Path.of("conf", "local.yaml"),
        Optional.empty(),
        List.of(),
        "",
        false,
        Optional.empty(),
        Map.of(),
        false,
        false);
  }

  Invocation withCommand(String name) {
    return new Invocation(
        name, asOf, conf, lake, only, from, sampleIfAbsent, mapping, inputs, merge, json);
  }

  Invocation withAsOf(LocalDate date) {
    return new Invocation(
        command,
        Optional.of(date),
        conf,
        lake,
        only,
        from,
        sampleIfAbsent,
        mapping,
        inputs,
        merge,
        json);
  }

  Invocation withConf(Path file) {
    return new Invocation(
        command, asOf, file, lake, only, from, sampleIfAbsent, mapping, inputs, merge, json);
  }

  Invocation withLake(String root) {
    return new Invocation(
        command,
        asOf,
        conf,
        Optional.of(root),
        only,
        from,
        sampleIfAbsent,
        mapping,
        inputs,
        merge,
        json);
  }

  Invocation withOnly(List<String> jobs) {
    return new Invocation(
        command, asOf, conf, lake, jobs, from, sampleIfAbsent, mapping, inputs, merge, json);
  }

  Invocation withFrom(String job) {
    return new Invocation(
        command, asOf, conf, lake, only, job, sampleIfAbsent, mapping, inputs, merge, json);
  }

  Invocation withSampleIfAbsent() {
    return new Invocation(
        command, asOf, conf, lake, only, from, true, mapping, inputs, merge, json);
  }

  Invocation withMapping(Path file) {
    return new Invocation(
        command,
        asOf,
        conf,
        lake,
        only,
        from,
        sampleIfAbsent,
        Optional.of(file),
        inputs,
        merge,
        json);
  }

  Invocation withMerge() {
    return new Invocation(
        command, asOf, conf, lake, only, from, sampleIfAbsent, mapping, inputs, true, json);
  }

  Invocation withJson() {
    return new Invocation(
        command, asOf, conf, lake, only, from, sampleIfAbsent, mapping, inputs, merge, true);
  }

  Invocation withInput(String name, String path) {
    Map<String, String> more = new java.util.TreeMap<>(inputs);
    more.put(name, path);
    return new Invocation(
        command, asOf, conf, lake, only, from, sampleIfAbsent, mapping, more, merge, json);
  }
}
