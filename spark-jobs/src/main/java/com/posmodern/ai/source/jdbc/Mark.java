package com.posmodern.ai.source.jdbc;

import com.posmodern.ai.error.PosException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * A value of a column in whose order rows are read: how far the last run came, or the border of a
 * batch.
 *
 * @param kind of the column
 * @param ticks the number itself; days since 1970; or microseconds since 1970, of a local time as
 *     if it were UTC
 */
record Mark(Kind kind, long ticks) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

  /** What the values of the column are. */
  enum Kind {
    NUMBER,
    DATE,
    LOCAL_TIME,
    MOMENT;

    /**
     * Of a column of the database as Spark reads it.
     *
     * @throws PosException usage when its values have no such order
     */
    static Kind of(DataType type, String column, String where) {
      if (type.equals(DataTypes.LongType)
          || type.equals(DataTypes.IntegerType)
          || type.equals(DataTypes.ShortType)
          || (type instanceof DecimalType decimal && decimal.scale() == 0)) {
        return NUMBER;
      }
      if (type.equals(DataTypes.DateType)) {
        return DATE;
      }
      if (type.equals(DataTypes.TimestampNTZType)) {
        return LOCAL_TIME;
      }
      if (type.equals(DataTypes.TimestampType)) {
        return MOMENT;
      }
      throw PosException.usage(
          "column %s is %s, which batches and watermarks cannot be made of"
              .formatted(column, type.catalogString()),
          where,
          "Name a column of whole numbers, dates or timestamps.");
    }
  }

  /** A value as a row of Spark's holds it. */
  static Mark of(Kind kind, Object value) {
    return new Mark(
        kind,
        switch (kind) {
          case NUMBER -> new BigDecimal(value.toString()).longValueExact();
          case DATE -> ((Date) value).toLocalDate().toEpochDay();
          case LOCAL_TIME -> micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC));
          case MOMENT -> micros(((Timestamp) value).toInstant());
        });
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** As {@link #toString} wrote it. */
  static Mark parse(String text) {
    int colon = text.indexOf(':');
    return new Mark(
        Kind.valueOf(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return kind + ":" + ticks;
  }

  /**
   * The mark, moved back by an overlap.
   *
   * @param overlap numbers, or a duration such as PT15M
   * @throws IllegalArgumentException when the overlap is not of the mark's kind
   */
  Mark earlier(String overlap) {
    boolean number = overlap.matches("[0-9]{1,18}");
    if (number != (kind == Kind.NUMBER)) {
      throw new IllegalArgumentException(
          number
              ? "overlap must be a duration such as PT15M, as the column holds times, is " + overlap
              : "overlap must be a number, as the column holds numbers, is " + overlap);
    }
    if (number) {
      return new Mark(kind, ticks - Long.parseLong(overlap));
    }
    Duration duration = Duration.parse(overlap);
    return new Mark(
        kind,
        kind == Kind.DATE
            ? ticks - duration.plusDays(1).minusNanos(1).toDays()
            : ticks - duration.toNanos() / 1000);
  }

  /**
   * The mark, or now where it lies in the future: a row with a wrong clock must not hide the rows
   * to come.
   */
  Mark atMost(Instant now, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(now, zone);
    long latest =
        switch (kind) {
          case NUMBER -> ticks;
          case DATE -> local.toLocalDate().toEpochDay();
          case LOCAL_TIME -> micros(local.toInstant(ZoneOffset.UTC));
          case MOMENT -> micros(now);
        };
    return ticks <= latest ? this : new Mark(kind, latest);
  }

  Mark plus(long more) {
    return new Mark(kind, ticks + more);
  }

  /** As a literal of the database's SQL. */
  String literal(Dialect dialect) {
    return switch (kind) {
      case NUMBER -> Long.toString(ticks);
      case DATE -> dialect.date(day());
      case LOCAL_TIME -> dialect.time(day(), time());
      case MOMENT -> dialect.moment(day(), time());
    };
  }

  /** For people; moments in UTC. */
  String shown() {
    return switch (kind) {
      case NUMBER -> Long.toString(ticks);
      case DATE -> day();
      case LOCAL_TIME, MOMENT -> day() + " " + time();
    };
  }

  private String day() {
    return kind == Kind.DATE
        ? LocalDate.ofEpochDay(ticks).toString()
        : dateTime().toLocalDate().toString();
  }

  private String time() {
    return TIME.format(dateTime());
  }

  private LocalDateTime dateTime() {
    return LocalDateTime.ofInstant(Instant.EPOCH.plus(ticks, ChronoUnit.MICROS), ZoneOffset.UTC);
  }
}
