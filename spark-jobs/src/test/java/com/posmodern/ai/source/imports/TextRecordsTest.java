package com.posmodern.ai.source.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRecordsTest {
  private static final String RECEIPTS = "id;shop\nR1;São Paulo\nR2;Ceará\n";
  private static final List<String> READ = List.of("id|shop", "R1|São Paulo", "R2|Ceará");

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndInThreeWays(String end) throws IOException {
    assertThat(read(RECEIPTS.replace("\n", end), "UTF-8", "UTF-8")).isEqualTo(READ);
    assertThat(read(RECEIPTS.replace("\n", end + end).stripTrailing(), "UTF-16LE", "UTF-16LE"))
        .isEqualTo(READ);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, UTF-8, ''",
    "UTF-8, UTF-8, EFBBBF",
    "UTF-8, auto, EFBBBF",
    "UTF-8, auto, ''",
    "UTF-16LE, UTF-16, FFFE",
    "UTF-16BE, UTF-16, FEFF",
    "UTF-16LE, UTF-16LE, FFFE",
    "UTF-16LE, auto, FFFE",
    "UTF-16BE, auto, FEFF",
    "UTF-16LE, UTF-16, ''",
    "UTF-16BE, UTF-16, ''",
    "UTF-16BE, UTF-16BE, ''",
    "ISO-8859-1, latin1, ''",
    "windows-1252, cp1252, ''",
    "ISO-8859-15, ISO-8859-15, ''"
  })
  void encodingsWithTheirMarks(String written, String declared, String mark) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(java.util.HexFormat.of().parseHex(mark));
    bytes.writeBytes(RECEIPTS.getBytes(Charset.forName(written)));
    assertThat(read(bytes.toByteArray(), format(declared, false))).isEqualTo(READ);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, UTF-8, FFFE, begins with the mark of UTF-16LE",
    "UTF-16BE, UTF-16LE, FEFF, begins with the mark of UTF-16BE",
    "UTF-8, ISO-8859-1, EFBBBF, begins with the mark of UTF-8",
    "UTF-16LE, UTF-8, '', has the zero bytes of UTF-16LE",
    "UTF-16BE, windows-1252, '', has the zero bytes of UTF-16BE",
    "UTF-8, UTF-16LE, '', has no zero byte and looks like UTF-8"
  })
  void aFileInAnotherEncodingThanDeclaredIsRefused(
      String written, String declared, String mark, String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(java.util.HexFormat.of().parseHex(mark));
    bytes.writeBytes(RECEIPTS.getBytes(Charset.forName(written)));
    assertThatThrownBy(() -> read(bytes.toByteArray(), format(declared, false)))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message)
        .hasMessageContaining("file.csv");
  }

  @Test
  void whatCannotBeDecodedCostsItsRow() throws IOException {
    assertThat(read(RECEIPTS, "windows-1252", "UTF-8"))
        .containsExactly("id|shop", "undecodable_text 2", "undecodable_text 3");
    assertThat(read(RECEIPTS, "UTF-8", "windows-1252"))
        .containsExactly("id|shop", "undecodable_text 2", "undecodable_text 3");
    assertThat(read("id;shop\nR1;A\uFFFDB\nR2;C\n", "UTF-8", "UTF-8"))
        .containsExactly("id|shop", "undecodable_text 2", "R2|C");
  }

  @Test
  void aStrayOrUnclosedQuoteCostsItsOwnRow() throws IOException {
    for (boolean multiLine : new boolean[] {false, true}) {
      // Closed by nothing, by an inch mark inside a field, at a field's end, by a quoted field.
      assertThat(lines(multiLine, "P1;\"5 inch", "P2;nail", "P3;bolt"))
          .containsExactly("malformed_line 1", "P2|nail", "P3|bolt");
      assertThat(lines(multiLine, "P1;\"5 inch", "P2;19\" rack", "P3;bolt"))
          .containsExactly("malformed_line 1", "P2|19\" rack", "P3|bolt");
      assertThat(lines(multiLine, "P1;\"5 inch", "P2;rack 19\"", "P3;bolt"))
          .containsExactly("malformed_line 1", "P2|rack 19\"", "P3|bolt");
      assertThat(lines(multiLine, "P1;\"5 inch", "P2;\"nail\"", "P3;bolt"))
          .containsExactly("malformed_line 1", "P2|nail", "P3|bolt");
      assertThat(lines(multiLine, "P1;\"5\" screw", "P2;nail"))
          .containsExactly("malformed_line 1", "P2|nail");
      assertThat(lines(multiLine, "P1;nail;more", "P2", "P3;\"a;b\""))
          .containsExactly("malformed_line 1", "malformed_line 2", "P3|a;b");
    }
  }

  @Test
  void quotedFieldsMayHoldLinesDelimitersAndQuotes() throws IOException {
    assertThat(lines(true, "P1;\"good", "", "and \"\"cheap\"\"; really\"", "P2;nail"))
        .containsExactly("P1|good\n\nand \"cheap\"; really", "P2|nail");
    assertThat(lines(false, "\"P1\" ;  \"a;b\"  ", " P2 ; 5\" "))
        .containsExactly("P1|a;b", "P2|5\"");
    assertThat(lines(true, "P1;\"good", "and cheap\"", "P2;nail"))
        .containsExactly("P1|good\nand cheap", "P2|nail");
  }

  @Test
  void separatorLinesAndLinesAboveTheHeader() throws IOException {
    assertThat(read("sep=;\r\n" + RECEIPTS, "UTF-8", "UTF-8")).isEqualTo(READ);
    assertThat(read("\uFEFF\"sep=;\"\n" + RECEIPTS, "UTF-16LE", "UTF-16")).isEqualTo(READ);
    assertThatThrownBy(() -> read("sep=,\n" + RECEIPTS, "UTF-8", "UTF-8"))
        .hasMessageContaining("sep=,");
    CsvFormat skipping =
        new CsvFormat(";", "\"", "\"", "UTF-8", List.of(), 2, "", false, ".", "", List.of());
    assertThat(read(("Report;\n\n" + RECEIPTS).getBytes(StandardCharsets.UTF_8), skipping))
        .isEqualTo(READ);
  }

  @Test
  void blanksThatNobodySeesAreTakenOff() {
    assertThat(Invisible.strip("\u00A0A1\u200B\t")).isEqualTo("A1");
    assertThat(Invisible.strip("\uFEFF\u3000A 1\u202F\r")).isEqualTo("A 1");
    assertThat(Invisible.strip("\u200B")).isEmpty();
    assertThat("A\u200B1").matches(".*" + Invisible.IN_CODE + ".*");
    assertThat("A\u0000").matches(".*" + Invisible.IN_TEXT + ".*");
    assertThat("a\tb ç\u200D").doesNotMatch(".*" + Invisible.IN_TEXT + ".*");
  }

  private static List<String> lines(boolean multiLine, String... lines) throws IOException {
    return read(
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8), format("UTF-8", multiLine), 2);
  }

  private static List<String> read(String text, String written, String declared)
      throws IOException {
    return read(text.getBytes(Charset.forName(written)), format(declared, false));
  }

  private static List<String> read(byte[] bytes, CsvFormat format) throws IOException {
    return read(bytes, format, -1);
  }

  private static List<String> read(byte[] bytes, CsvFormat format, int fields) throws IOException {
    List<String> rows = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(bytes);
    try (Records records =
        new TextRecords(in, Decoding.of(in, format.encoding(), "file.csv"), format)) {
      records.expect(fields);
      for (SourceRecord row = records.next(); row != null; row = records.next()) {
        rows.add(
            row.fault() == null
                ? String.join("|", row.fields().stream().map(Invisible::strip).toList())
                : row.fault() + " " + row.line());
      }
    }
    return rows;
  }

  private static CsvFormat format(String encoding, boolean multiLine) {
    return new CsvFormat(
        ";", "\"", "\"", encoding, List.of(), 0, "", multiLine, ".", "", List.of());
  }
}
