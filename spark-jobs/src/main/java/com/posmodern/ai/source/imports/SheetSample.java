package com.posmodern.ai.source.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Looks at a workbook's sheet: the rows above its header, and its values as text. */
final class SheetSample {
  private SheetSample() {}

  static FileSample of(Configuration hadoop, SourceFile sheet) throws IOException {
    List<SourceRecord> records = new ArrayList<>();
    try (Records rows = Workbook.records(hadoop, sheet, 0)) {
      for (SourceRecord record = rows.next();
          record != null && records.size() < FileSample.ROWS_LOOKED_AT;
          record = rows.next()) {
        records.add(record);
      }
    }
    int width = commonWidth(records);
    int header = 0;
    while (header < records.size() - 1 && filled(records.get(header)) * 2 <= width) {
      header++;
    }
    // A first row at the sheet's top has nothing above it, whatever its number.
    int skip = header == 0 ? 0 : (int) records.get(header).line() - 1;
    CsvFormat format =
        new CsvFormat(
            ",", "\"", "\"", "UTF-8", List.of(), skip, sheet.entry(), false, ".", "", List.of());
    return new FileSample(format, "", texts(records.subList(header, records.size())));
  }

  private static int commonWidth(List<SourceRecord> records) {
    return FileSample.commonest(records.stream().map(SheetSample::filled));
  }

  private static int filled(SourceRecord record) {
    return (int) record.fields().stream().filter(field -> !field.isBlank()).count();
  }

  /** A column whose times are all midnight is shown as days. */
  private static List<List<String>> texts(List<SourceRecord> records) {
    int width = records.stream().mapToInt(record -> record.fields().size()).max().orElse(0);
    boolean[] days = new boolean[width];
    for (int i = 0; i < width; i++) {
      int column = i;
      days[i] = records.stream().allMatch(record -> isNoTime(record, column));
    }
    return records.stream()
        .map(
            record ->
                IntStream.range(0, record.fields().size())
                    .mapToObj(i -> text(record, i, days[i]))
                    .toList())
        .toList();
  }

  private static boolean isNoTime(SourceRecord record, int column) {
    return column >= record.fields().size()
        || record.kinds().charAt(column) != SheetCell.MOMENT
        || record.fields().get(column).endsWith(" 00:00:00.000");
  }

  private static String text(SourceRecord record, int column, boolean day) {
    String text = Invisible.strip(record.fields().get(column));
    return record.kinds().charAt(column) == SheetCell.MOMENT
        ? text.replaceFirst(day ? " 00:00:00\\.000$" : "\\.000$", "")
        : text;
  }
}
