package com.posmodern.ai.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Up to what a table of business dates has been written: kept in the table's log with the commit
 * that wrote it, so that rows and standing cannot differ.
 *
 * @param asOf the newest as-of date for which it was written; a night of a later one cannot read it
 * @param sources versions of the tables that it was made from, by path
 * @param state what else the job that writes it needs to know; names no customer
 */
public record Standing(LocalDate asOf, Map<String, String> sources, String state) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AS_OF = "pos_as_of";
  private static final String SOURCES = "sources";
  private static final String STATE = "state";

  public Standing {
    sources = Map.copyOf(sources);
  }

  String toJson() {
    ObjectNode node = JSON.createObjectNode().put(AS_OF, asOf.toString()).put(STATE, state);
    node.set(SOURCES, JSON.valueToTree(new TreeMap<>(sources)));
    return node.toString();
  }

  /** Empty for a text that another program left in the log. */
  static Optional<Standing> of(String note) {
    try {
      JsonNode node = JSON.readTree(note);
      if (!node.path(AS_OF).isTextual()) {
        return Optional.empty();
      }
      Map<String, String> sources = new TreeMap<>();
      node.path(SOURCES)
          .fields()
          .forEachRemaining(entry -> sources.put(entry.getKey(), entry.getValue().asText()));
      return Optional.of(
          new Standing(
              LocalDate.parse(node.get(AS_OF).asText()), sources, node.path(STATE).asText()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
