package com.posmodern.ai.cli;

import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Draws jobs and the tables they read and write as a Mermaid flowchart.
 *
 * <p>Ledgers (layer ops) are left out: nearly every job writes to them, and no job waits for
 * another because of them. Optional inputs are dashed.
 */
final class Diagram {
  private Diagram() {}

  /** The flowchart, without a Markdown fence. */
  static String mermaid(Collection<Job> jobs) {
    Set<Table> tables = new TreeSet<>();
    List<String> arrows = new ArrayList<>();
    for (Job job : jobs) {
      for (Table table : new TreeSet<>(job.spec().inputs())) {
        arrow(tables, arrows, table, "%s --> %s".formatted(table.tableName(), node(job)));
      }
      for (Table table : new TreeSet<>(job.spec().optionalInputs())) {
        arrow(tables, arrows, table, "%s -.-> %s".formatted(table.tableName(), node(job)));
      }
      for (Table table : new TreeSet<>(job.outputs())) {
        arrow(tables, arrows, table, "%s --> %s".formatted(node(job), table.tableName()));
      }
    }
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (Layer layer : Layer.values()) {
      List<Table> ofLayer = tables.stream().filter(table -> table.layer() == layer).toList();
      if (!ofLayer.isEmpty()) {
        text.append("  subgraph ").append(layer.name().toLowerCase(Locale.ROOT)).append('\n');
        ofLayer.forEach(table -> text.append("    %1$s[(%1$s)]%n".formatted(table.tableName())));
        text.append("  end\n");
      }
    }
    jobs.forEach(job -> text.append("  %s([%s])%n".formatted(node(job), job.name())));
    arrows.forEach(arrow -> text.append("  ").append(arrow).append('\n'));
    return text.toString();
  }

  private static void arrow(Set<Table> tables, List<String> arrows, Table table, String arrow) {
    if (table.layer() != Layer.OPS) {
      tables.add(table);
      arrows.add(arrow);
    }
  }

  /** A node may not have the name of a table, nor be called "end". */
  private static String node(Job job) {
    return "job_" + job.name().replace('-', '_');
  }
}
