package com.posmodern.ai.publish.postgres;

import java.math.BigDecimal;
import java.sql.Timestamp;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One row in the text format of COPY: separated by tabs, {@code \N} for null, backslash escapes.
 */
final class CopyText {
  private CopyText() {}

  /** Appends a row and a newline. */
  static void append(StringBuilder line, Row row) {
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        line.append('\t');
      }
      Object value = row.get(i);
      if (value == null) {
        line.append("\\N");
      } else {
        escape(line, text(value));
      }
    }
    line.append('\n');
  }

  private static String text(Object value) {
    if (value instanceof Seq<?> list) {
      return array(list);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Timestamp moment) {
      return moment.toInstant().toString();
    }
    return value.toString();
  }

  private static String array(Seq<?> list) {
    StringBuilder text = new StringBuilder("{");
    for (Object element : CollectionConverters.asJava(list)) {
      if (text.length() > 1) {
        text.append(',');
      }
      if (element == null) {
        text.append("NULL");
      } else {
        String quoted = text(element).replace("\\", "\\\\").replace("\"", "\\\"");
        text.append('"').append(quoted).append('"');
      }
    }
    return text.append('}').toString();
  }

  private static void escape(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\t' -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(c);
      }
    }
  }
}
