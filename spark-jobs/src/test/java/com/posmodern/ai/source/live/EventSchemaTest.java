package com.posmodern.ai.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.GeneratedFile;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;

/** {@code lake-schemas/events-v1.json}: the event contract for senders, made of the tables'. */
class EventSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AMONG = Pattern.compile("(\\w+) IN \\('(.*)'\\)");
  private static final Pattern BOUND = Pattern.compile("(>=|<=) (-?[0-9.]+)");

  @Test
  void theSchemaIsThatOfTheContracts() throws IOException {
    ObjectNode schema =
        JSON.createObjectNode()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "Events of POS Modern AI, version " + EventFields.VERSION)
            .put(
                "description",
                "One event per line. A field that is not named here is left alone. An event that is"
                    + " sent again has the same event_id and occurred_at. Generated from the"
                    + " contracts; EventSchemaTest fails when it is stale.");
    for (EventType type : EventType.values()) {
      schema.withArray("oneOf").add(event(type));
    }
    GeneratedFile.assertFresh(
        "lake-schemas/events-v%d.json".formatted(EventFields.VERSION), text(schema));
  }

  @Test
  void columnsOfOneNameHaveOneTypeInAllTables() {
    for (ContractColumn column : EventFields.columns()) {
      for (Table table : EventType.tables()) {
        Contracts.of(table).columns().stream()
            .filter(other -> other.name().equals(column.name()))
            .forEach(other -> assertThat(other.type()).isEqualTo(column.type()));
      }
    }
  }

  private static String text(ObjectNode schema) throws JsonProcessingException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private static ObjectNode event(EventType type) {
    Table table = type.table();
    ObjectNode event =
        JSON.createObjectNode()
            .put("title", type.word())
            .put("description", "A row of " + table)
            .put("type", "object");
    ObjectNode properties = event.putObject("properties");
    ObjectNode payload = JSON.createObjectNode();
    TreeSet<String> required = new TreeSet<>(List.of(EventFields.VERSION_FIELD));
    TreeSet<String> requiredOfPayload = new TreeSet<>();
    properties
        .putObject(Columns.EVENT_ID)
        .put("type", "string")
        .put("pattern", EventFields.EVENT_ID_FORM)
        .put("description", "Unique; names nobody, such as a UUID.");
    required.add(Columns.EVENT_ID);
    properties.putObject(EventFields.EVENT_TYPE).put("const", type.word());
    properties.putObject(EventFields.VERSION_FIELD).put("const", EventFields.VERSION);
    for (ContractColumn column : Contracts.of(table).columns()) {
      String field = EventFields.of(column.name());
      if (field.startsWith(EventFields.PAYLOAD)) {
        payload.set(column.name(), value(table, column));
        if (column.required()) {
          requiredOfPayload.add(column.name());
        }
      } else {
        if (!properties.has(field)) {
          properties.set(field, value(table, column));
        }
        if (column.required()) {
          required.add(field);
        }
      }
    }
    if (!payload.isEmpty()) {
      ObjectNode nested = properties.putObject(EventFields.PAYLOAD).put("type", "object");
      nested.set("properties", payload);
      requiredOfPayload.forEach(nested.withArray("required")::add);
      required.add(EventFields.PAYLOAD);
    }
    required.forEach(event.withArray("required")::add);
    return event;
  }

  private static ObjectNode value(Table table, ContractColumn column) {
    ObjectNode value = JSON.createObjectNode();
    if (column.type().equals(DataTypes.TimestampType)) {
      value.put("type", "string").put("format", "date-time");
    } else if (column.type().equals(DataTypes.StringType)) {
      value.put("type", "string");
    } else if (column.type().equals(DataTypes.IntegerType)) {
      value.put("type", "integer");
    } else if (column.type() instanceof DecimalType decimal) {
      value.put("type", "number").put("multipleOf", Math.pow(10, -decimal.scale()));
    } else {
      throw new AssertionError("no JSON type for " + column);
    }
    value.put("description", column.description());
    for (Rule rule : Contracts.of(table).rules()) {
      Matcher among = AMONG.matcher(rule.expression());
      if (among.matches() && among.group(1).equals(column.name())) {
        List.of(among.group(2).split("', '", -1)).forEach(value.withArray("enum")::add);
      }
      if (rule.name().equals(column.name() + "_in_range")) {
        Matcher bound = BOUND.matcher(rule.expression());
        while (bound.find()) {
          value.put(
              bound.group(1).equals(">=") ? "minimum" : "maximum", Long.parseLong(bound.group(2)));
        }
      }
    }
    return value;
  }
}
