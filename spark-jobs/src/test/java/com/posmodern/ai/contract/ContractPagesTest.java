package com.posmodern.ai.contract;

import com.posmodern.ai.testing.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code lake-schemas/README.md}: every contract as a page for people. */
class ContractPagesTest {
  @Test
  void thePagesAreThoseOfTheContracts() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # The lake's tables

            Generated from the contracts beside this file; ContractPagesTest fails when it is stale.
            Key: place in the primary key; a partition column is a folder of the table.
            """);
    for (Layer layer : Layer.values()) {
      page.append("\n- **%s**: ".formatted(layer.name().toLowerCase(Locale.ROOT)));
      page.append(
          String.join(
              ", ",
              tables(layer).stream()
                  .map(table -> "[%s](#%s)".formatted(table.tableName(), anchor(table)))
                  .toList()));
    }
    page.append('\n');
    for (Layer layer : Layer.values()) {
      tables(layer).forEach(table -> append(page, Contracts.of(table)));
    }
    GeneratedFile.assertFresh("lake-schemas/README.md", page.toString());
  }

  private static List<Table> tables(Layer layer) {
    return Arrays.stream(Table.values()).filter(table -> table.layer() == layer).toList();
  }

  /** As GitHub and GitLab make it of the heading. */
  private static String anchor(Table table) {
    return table.toString().replace(".", "");
  }

  private static void append(StringBuilder page, Contract contract) {
    page.append("\n## %s\n\n%s\n\n".formatted(contract.table(), contract.description()));
    List<String> facts = new ArrayList<>(List.of("Contract version " + contract.version()));
    if (contract.requiredTable()) {
      facts.add("required");
    }
    if (!contract.consumers().isEmpty()) {
      facts.add("read by " + String.join(", ", contract.consumers()));
    }
    page.append(String.join("; ", facts)).append(".\n\n");
    page.append("| Column | Type | Key | Meaning |\n|---|---|---|---|\n");
    contract.columns().forEach(column -> append(page, column));
    List<Rule> rules =
        contract.rules().stream().filter(r -> !r.name().endsWith("_present")).toList();
    if (!rules.isEmpty()) {
      page.append("\nRules:\n\n");
      for (Rule rule : rules) {
        page.append(
            "- `%s` (%s): %s\n"
                .formatted(
                    rule.name(),
                    rule.severity().name().toLowerCase(Locale.ROOT),
                    oneLine(rule.description())));
      }
    }
  }

  private static void append(StringBuilder page, ContractColumn column) {
    StringBuilder meaning = new StringBuilder(oneLine(column.description()));
    column.unit().ifPresent(unit -> meaning.append(" Unit: ").append(unit).append('.'));
    if (!column.required()) {
      meaning.append(" May be null.");
    }
    if (column.classification() != ContractColumn.Classification.NONE) {
      meaning.append(" **%s**.".formatted(column.classification().name().toLowerCase(Locale.ROOT)));
    }
    page.append(
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                column.name(),
                column.type().catalogString(),
                (column.isKey() ? String.valueOf(column.keyPosition()) : "")
                    + (column.partitioned() ? " partition" : ""),
                meaning.toString().replace("|", "\\|")));
  }

  private static String oneLine(String text) {
    return text.strip().replace('\n', ' ');
  }
}
