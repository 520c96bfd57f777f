package com.posmodern.ai.source.live;

import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.ContractColumn.Classification;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/**
 * Types events by the contracts of their tables, and says what is wrong with those that break them.
 *
 * <p>An event's delay is measured against its arrival, not against the clock: a batch that is read
 * again after a crash is judged in the same way, and no event is lost or taken twice because it
 * grew old in between.
 */
public final class JudgedEvents {
  /** Table of an event that does not say, or says what nobody knows. */
  public static final String UNKNOWN = "unknown";

  /** Primary key of the row in its table, as one text. */
  public static final String KEY = "__key";

  private static final String EVENT = "__event";
  private static final String BROKEN = "__broken";

  /**
   * RFC 3339, with an offset: a time without one would be believed to be in UTC. Java's clock
   * writes nanoseconds; what is kept are microseconds.
   */
  private static final String TIME_FORM =
      "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$";

  /** Texts of a line; unrolled, because Java's matcher recurses into an alternative. */
  private static final String TEXTS = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";

  private static final String NEXT_EVENT = "\\}\\s*\\{";
  private static final int DIGITS = 38;

  private JudgedEvents() {}

  /**
   * Judges events.
   *
   * @param landed the columns of {@link LandedEvents}; lines of white space are no events
   * @return a row per event: the columns of all tables, {@link #KEY}, {@code table_name} ({@link
   *     #UNKNOWN} where the event does not say), {@code reasons} (empty when it can be used),
   *     {@code event_id} (null when it is no id), {@code row_json} without what is personal, and
   *     the moment of arrival
   */
  public static Dataset<Row> of(Dataset<Row> landed, LiveSettings settings) {
    StructType texts = EventFields.texts().add(BROKEN, DataTypes.StringType);
    Dataset<Row> read =
        landed
            .where(not(trim(col(LandedEvents.VALUE)).equalTo("")))
            .withColumn(
                EVENT,
                from_json(
                    col(LandedEvents.VALUE), texts, Map.of("columnNameOfCorruptRecord", BROKEN)));
    List<Column> typed = new ArrayList<>();
    typed.add(col(EVENT));
    typed.add(col(LandedEvents.VALUE));
    typed.add(col(LandedEvents.ARRIVED_AT));
    typed.add(col(LandedEvents.PLACE));
    typed.add(table().as(TABLE_NAME));
    typed.add(when(text(EVENT_ID).rlike(EventFields.EVENT_ID_FORM), text(EVENT_ID)).as(EVENT_ID));
    EventFields.columns().forEach(column -> typed.add(typed(column).as(column.name())));
    Dataset<Row> rows = read.select(typed.toArray(Column[]::new));
    return rows.withColumn(REASONS, array_compact(reasons(settings)))
        .withColumn(KEY, key())
        .withColumn(ROW_JSON, withoutPersons())
        .drop(EVENT, LandedEvents.VALUE, LandedEvents.PLACE);
  }

  /** A field of the event; an empty text is none. */
  private static Column text(String field) {
    return nullif(trim(col(EVENT + "." + field)), lit(""));
  }

  private static Column table() {
    Column table = lit(UNKNOWN);
    for (EventType type : EventType.values()) {
      table =
          when(text(EventFields.EVENT_TYPE).equalTo(type.word()), type.table().toString())
              .otherwise(table);
    }
    return table;
  }

  private static Column typed(ContractColumn column) {
    if (column.name().equals(KIND)) {
      Column kind = lit(null).cast("string");
      for (EventType type : EventType.values()) {
        if (type.kind().isPresent()) {
          kind =
              when(text(EventFields.EVENT_TYPE).equalTo(type.word()), type.kind().get())
                  .otherwise(kind);
        }
      }
      return kind;
    }
    Column text = text(EventFields.of(column.name()));
    if (column.type().equals(DataTypes.TimestampType)) {
      return when(text.rlike(TIME_FORM), text.try_cast(column.type()));
    }
    if (column.type() instanceof DecimalType decimal) {
      // A cast would round what has too many digits.
      Column exact = text.try_cast(new DecimalType(DIGITS, DIGITS / 2));
      Column fitting = exact.try_cast(decimal);
      return when(fitting.equalTo(exact), fitting);
    }
    return text.try_cast(column.type());
  }

  private static Column reasons(LiveSettings settings) {
    Column whole =
        col(LandedEvents.VALUE)
            .rlike("^\\s*\\{")
            .and(col(EVENT).isNotNull())
            .and(col(EVENT + "." + BROKEN).isNull());
    Column several =
        col(LandedEvents.VALUE)
            .rlike(NEXT_EVENT)
            .and(regexp_replace(col(LandedEvents.VALUE), TEXTS, "").rlike(NEXT_EVENT));
    Column version = text(EventFields.VERSION_FIELD).try_cast("int");
    Column forms = array_compact(forms(settings));
    return when(not(whole), array(lit("not_json")))
        .when(several, array(lit("several_on_a_line")))
        .when(
            not(coalesce(version.equalTo(EventFields.VERSION), lit(false))),
            array(lit("version_unknown")))
        .when(col(TABLE_NAME).equalTo(UNKNOWN), array(lit("event_type_unknown")))
        .when(size(forms).gt(0), forms)
        .otherwise(rules());
  }

  /** What keeps the event from being read, so that rules about its values mean nothing. */
  private static Column forms(LiveSettings settings) {
    List<Column> forms = new ArrayList<>();
    forms.add(when(col(EVENT_ID).isNull(), "event_id_form"));
    forms.add(when(col(OCCURRED_AT).isNull(), "occurred_at_form"));
    forms.add(
        when(
            col(OCCURRED_AT)
                .gt(
                    col(LandedEvents.ARRIVED_AT)
                        .plus(expr("INTERVAL %d MINUTES".formatted(settings.futureMinutes())))),
            "from_the_future"));
    forms.add(
        when(
            col(OCCURRED_AT)
                .lt(
                    col(LandedEvents.ARRIVED_AT)
                        .minus(expr("INTERVAL %d HOURS".formatted(settings.lateHours())))),
            "too_late"));
    for (Table table : EventType.tables()) {
      for (ContractColumn column : Contracts.of(table).columns()) {
        if (!column.type().equals(DataTypes.StringType)
            && !EventFields.ofEveryEvent().contains(column.name())) {
          Column unread =
              text(EventFields.of(column.name())).isNotNull().and(col(column.name()).isNull());
          forms.add(when(isFor(table).and(unread), column.name() + "_form"));
        }
      }
    }
    return array(forms.toArray(Column[]::new));
  }

  /** The rules of the tables' contracts: what they refuse at night is refused here. */
  private static Column rules() {
    List<Column> broken = new ArrayList<>();
    for (Table table : EventType.tables()) {
      for (Rule rule : Contracts.of(table).rules()) {
        if (rule.scope() == Rule.Scope.ROW && rule.severity() == Rule.Severity.ERROR) {
          Column holds = coalesce(expr(rule.expression()), lit(false));
          broken.add(when(isFor(table).and(not(holds)), rule.name()));
        }
      }
    }
    return array(broken.toArray(Column[]::new));
  }

  private static Column isFor(Table table) {
    return col(TABLE_NAME).equalTo(table.toString());
  }

  private static Column key() {
    Column key = lit(null).cast("string");
    for (Table table : EventType.tables()) {
      key = when(isFor(table), key(Contracts.of(table))).otherwise(key);
    }
    return key;
  }

  /** The primary key of a row as one text, as {@link #KEY} of an event. */
  public static Column key(Contract contract) {
    return concat_ws(
        "\u001f",
        contract.primaryKey().stream()
            .map(name -> col(name).cast("string"))
            .toArray(Column[]::new));
  }

  /** The fields that the contract knows; of one that is not JSON how long it is. */
  private static Column withoutPersons() {
    List<Column> fields = new ArrayList<>();
    fields.add(col(LandedEvents.PLACE));
    for (String field : List.of(EventFields.EVENT_TYPE, EventFields.VERSION_FIELD, OCCURRED_AT)) {
      fields.add(text(field).as(field));
    }
    for (ContractColumn column : EventFields.columns()) {
      if (!EventFields.ofEveryEvent().contains(column.name())) {
        Column text = text(EventFields.of(column.name()));
        Optional<Column> mask =
            column.classification() == Classification.NONE
                ? Optional.empty()
                : Optional.of(when(text.isNotNull(), ContractColumn.MASK));
        fields.add(mask.orElse(text).as(column.name()));
      }
    }
    return to_json(struct(fields.toArray(Column[]::new)));
  }
}
