package com.posmodern.ai.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The parsed command line; {@code with…} methods return a copy, because scopt folds over it. */
final class Invocation {
  private String command = "";
  private Optional<LocalDate> asOf = Optional.empty();
  private Path conf = Path.of("conf", "local.yaml");
  private Optional<String> lake = Optional.empty();
  private List<String> stores = List.of();
  private List<String> only = List.of();
  private String from = "";
  private boolean sampleIfAbsent;
  private Optional<Path> mapping = Optional.empty();
  private Map<String, String> inputs = Map.of();
  private boolean merge;
  private boolean dryRun;
  private List<String> suggested = List.of();
  private Optional<String> to = Optional.empty();
  private boolean json;
  private boolean mermaid;
  private Optional<Path> customerFile = Optional.empty();
  private double leastShare = 1;

  private Invocation() {}

  static Invocation empty() {
    return new Invocation();
  }

  private Invocation with(Consumer<Invocation> change) {
    Invocation copy = new Invocation();
    copy.command = command;
    copy.asOf = asOf;
    copy.conf = conf;
    copy.lake = lake;
    copy.stores = stores;
    copy.only = only;
    copy.from = from;
    copy.sampleIfAbsent = sampleIfAbsent;
    copy.mapping = mapping;
    copy.inputs = inputs;
    copy.merge = merge;
    copy.dryRun = dryRun;
    copy.suggested = suggested;
    copy.to = to;
    copy.json = json;
    copy.mermaid = mermaid;
    copy.customerFile = customerFile;
    copy.leastShare = leastShare;
    change.accept(copy);
    return copy;
  }

  Invocation withCommand(String name) {
    return with(copy -> copy.command = name);
  }

  Invocation withAsOf(LocalDate date) {
    return with(copy -> copy.asOf = Optional.of(date));
  }

  Invocation withLeastShare(double share) {
    return with(copy -> copy.leastShare = share);
  }

  Invocation withConf(Path file) {
    return with(copy -> copy.conf = file);
  }

  Invocation withLake(String root) {
    return with(copy -> copy.lake = Optional.of(root));
  }

  Invocation withStores(List<String> ids) {
    return with(copy -> copy.stores = List.copyOf(ids));
  }

  Invocation withOnly(List<String> jobs) {
    return with(copy -> copy.only = List.copyOf(jobs));
  }

  Invocation withFrom(String job) {
    return with(copy -> copy.from = job);
  }

  Invocation withSampleIfAbsent() {
    return with(copy -> copy.sampleIfAbsent = true);
  }

  Invocation withMapping(Path file) {
    return with(copy -> copy.mapping = Optional.of(file));
  }

  Invocation withInput(String name, String path) {
    Map<String, String> more = new TreeMap<>(inputs);
    more.put(name, path);
    return with(copy -> copy.inputs = Map.copyOf(more));
  }

  Invocation withMerge() {
    return with(copy -> copy.merge = true);
  }

  Invocation withDryRun() {
    return with(copy -> copy.dryRun = true);
  }

  Invocation withSuggested(String file) {
    List<String> more = new ArrayList<>(suggested);
    more.add(file);
    return with(copy -> copy.suggested = List.copyOf(more));
  }

  Invocation withTo(String publication) {
    return with(copy -> copy.to = Optional.of(publication));
  }

  Invocation withJson() {
    return with(copy -> copy.json = true);
  }

  Invocation withMermaid() {
    return with(copy -> copy.mermaid = true);
  }

  Invocation withCustomerFile(Path file) {
    return with(copy -> copy.customerFile = Optional.of(file));
  }

  String command() {
    return command;
  }

  Optional<LocalDate> asOf() {
    return asOf;
  }

  Path conf() {
    return conf;
  }

  Optional<String> lake() {
    return lake;
  }

  List<String> stores() {
    return stores;
  }

  List<String> only() {
    return only;
  }

  String from() {
    return from;
  }

  boolean sampleIfAbsent() {
    return sampleIfAbsent;
  }

  Optional<Path> mapping() {
    return mapping;
  }

  /** Input paths by the name that the mapping uses for them. */
  Map<String, String> inputs() {
    return inputs;
  }

  boolean merge() {
    return merge;
  }

  /** Whether an import only shows what it would write (dry run). */
  boolean dryRun() {
    return dryRun;
  }

  /** Files to draft a mapping for. */
  List<String> suggested() {
    return suggested;
  }

  /** The publication to switch readers back to. */
  Optional<String> to() {
    return to;
  }

  boolean json() {
    return json;
  }

  boolean mermaid() {
    return mermaid;
  }

  /** Ids of the customers to erase, one per line. */
  Optional<Path> customerFile() {
    return customerFile;
  }

  /** Share of stores that the arrivals command asks for. */
  double leastShare() {
    return leastShare;
  }
}
