package com.posmodern.ai.source.live;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.INTERACTION_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REVIEW_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;

import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Where in an event a column of a table stands. Columns of the same name have the same field and
 * the same type in all tables, so that events of all types can be typed in one projection.
 */
public final class EventFields {
  /** The one version of the event contract so far. */
  public static final int VERSION = 1;

  public static final String EVENT_TYPE = "event_type";
  public static final String VERSION_FIELD = "version";
  public static final String PAYLOAD = "payload";

  /** An id says nothing of a person: it is too long for a telephone number, and no address. */
  public static final String EVENT_ID_FORM = "^[0-9A-Za-z_-]{16,64}$";

  private static final List<String> ENVELOPE = List.of(CUSTOMER_ID, STORE_ID, PRODUCT_ID);

  /** Columns that have another name than their field. */
  private static final Map<String, String> RENAMED =
      Map.of(
          INTERACTION_ID, EVENT_ID,
          REVIEW_ID, EVENT_ID,
          OCCURRED_AT, OCCURRED_AT,
          SOLD_AT, OCCURRED_AT);

  private EventFields() {}

  /** The columns of all tables that events become rows of, each once. */
  public static List<ContractColumn> columns() {
    Map<String, ContractColumn> columns = new LinkedHashMap<>();
    EventType.tables()
        .forEach(
            table ->
                Contracts.of(table)
                    .columns()
                    .forEach(column -> columns.putIfAbsent(column.name(), column)));
    return List.copyOf(columns.values());
  }

  /**
   * The field that holds the column, such as {@code payload.quantity}; of an interaction's kind the
   * event's type, which it follows from.
   */
  public static String of(String column) {
    if (column.equals(KIND)) {
      return EVENT_TYPE;
    }
    String renamed = RENAMED.get(column);
    if (renamed != null) {
      return renamed;
    }
    return ENVELOPE.contains(column) ? column : PAYLOAD + "." + column;
  }

  /** When a row of the table happened. */
  public static String time(Table table) {
    return table == Table.SALES_LINES ? SOLD_AT : OCCURRED_AT;
  }

  /** Columns whose field every event must have, whatever its type. */
  static Set<String> ofEveryEvent() {
    return Set.of(KIND, INTERACTION_ID, REVIEW_ID, OCCURRED_AT, SOLD_AT);
  }

  /** The fields as texts: what has the wrong form must be seen to be refused. */
  static StructType texts() {
    StructType payload = new StructType();
    for (ContractColumn column : columns()) {
      String field = of(column.name());
      if (field.startsWith(PAYLOAD)) {
        payload = payload.add(column.name(), DataTypes.StringType);
      }
    }
    StructType event = new StructType();
    for (String field : List.of(EVENT_ID, EVENT_TYPE, VERSION_FIELD, OCCURRED_AT)) {
      event = event.add(field, DataTypes.StringType);
    }
    for (String field : ENVELOPE) {
      event = event.add(field, DataTypes.StringType);
    }
    return event.add(PAYLOAD, payload);
  }
}
