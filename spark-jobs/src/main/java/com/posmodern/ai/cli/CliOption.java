package com.posmodern.ai.cli;

import static com.posmodern.ai.cli.CommandLine.ARRIVALS;
import static com.posmodern.ai.cli.CommandLine.DESCRIBE;
import static com.posmodern.ai.cli.CommandLine.ERASE_CUSTOMER;
import static com.posmodern.ai.cli.CommandLine.EXPORT_CUSTOMER;
import static com.posmodern.ai.cli.CommandLine.EXTRACT;
import static com.posmodern.ai.cli.CommandLine.IMPORT;
import static com.posmodern.ai.cli.CommandLine.LOCAL_EVENTS;
import static com.posmodern.ai.cli.CommandLine.NIGHTLY;
import static com.posmodern.ai.cli.CommandLine.PLANNED;
import static com.posmodern.ai.cli.CommandLine.PUBLISH;
import static com.posmodern.ai.cli.CommandLine.RECEIVE;
import static com.posmodern.ai.cli.CommandLine.SEND;
import static com.posmodern.ai.cli.CommandLine.STREAM;

import java.util.Set;

/** The options of the command line: of every command, or of one. */
enum CliOption {
  AS_OF(
      "",
      "as-of",
      "<date>",
      "last complete business date, such as 2026-06-30; default: the last one in the lake"),
  CONF("", "conf", "<file>", "settings file; default: conf/local.yaml"),
  LAKE(
      "",
      "lake",
      "<root>",
      "folder or s3a:// address of the lake; default: the one in the settings"),
  STORES(
      "",
      "stores",
      "<store,store>",
      "replace the results of these stores only, for example after late sales; default: all"
          + " stores"),

  ONLY(PLANNED, "only", "<job,job>", "run only these jobs"),
  FROM(PLANNED, "from", "<job>", "run this job and those after it"),
  SAMPLE_IF_ABSENT(
      NIGHTLY, "sample-if-absent", "make the sample lake first if the lake has no sales"),

  REBUILD(
      Set.of(NIGHTLY, "quality", "daily-demand", EXTRACT, LOCAL_EVENTS),
      "rebuild",
      "",
      "judge all sales lines and compute all days again, not only those that changed; extract: read"
          + " all rows again; local-events: believe a source in which most events are gone"),

  MAPPING(
      Set.of(IMPORT, EXTRACT),
      "mapping",
      "<file>",
      "column mapping, such as conf/import/*.yaml; extract: this file of conf/extract alone, also if"
          + " it is not enabled"),
  INPUT(
      IMPORT,
      "input",
      "<name=path>",
      "file or folder for an input that the mapping names; may be repeated"),
  MERGE(IMPORT, "merge", "update and add by primary key; default: replace the tables"),
  DRY_RUN(
      Set.of(IMPORT, SEND),
      "dry-run",
      "import: show ten converted rows and the counts; send: count what would be sent; write"
          + " nothing"),
  SUGGEST(IMPORT, "suggest", "<file>", "draft a mapping for these files instead; may be repeated"),

  JSON(DESCRIBE, "json", "as JSON, for programs such as the DAGs' compiler"),
  MERMAID(DESCRIBE, "mermaid", "as a Mermaid flowchart"),

  LEAST_SHARE(
      ARRIVALS,
      "least-share",
      "<share>",
      "share of the stores open that day that must have arrived; default: 1, all"),

  ONCE(STREAM, "once", "end when all events that have landed are read"),

  PORT(RECEIVE, "port", "<port>", "port of the loopback to listen on; default: 8099"),

  CUSTOMER_FILE(
      Set.of(ERASE_CUSTOMER, EXPORT_CUSTOMER),
      "customer-file",
      "<file>",
      "file with several customers, one id per line"),
  OUTPUT(EXPORT_CUSTOMER, "output", "<file>", "new file for the rows, a line of JSON each"),
  WHY(EXPORT_CUSTOMER, "why", "only what led to the customer's messages"),

  TO(PUBLISH, "to", "<publication>", "switch readers back to an earlier publication instead");

  /** The commands that have the option; the empty name when all have it. */
  @SuppressWarnings("ImmutableEnumChecker") // Unmodifiable sets only.
  final Set<String> commands;

  final String option;

  /** What its value stands for; empty when it has none. */
  final String value;

  final String help;

  CliOption(String command, String option, String value, String help) {
    this(Set.of(command), option, value, help);
  }

  CliOption(Set<String> commands, String option, String value, String help) {
    this.commands = commands;
    this.option = option;
    this.value = value;
    this.help = help;
  }

  CliOption(String command, String option, String help) {
    this(command, option, "", help);
  }

  CliOption(Set<String> commands, String option, String help) {
    this(commands, option, "", help);
  }

  boolean mayBeRepeated() {
    return this == INPUT || this == SUGGEST;
  }
}
