package com.posmodern.ai.source.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a workbook part by part, as Excel and others do, odd ones too. */
final class WorkbookFile {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final String MAIN =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private final List<String> texts = new ArrayList<>();
  private final List<String> formats = new ArrayList<>(List.of("General"));
  private final Map<String, StringBuilder> sheets = new LinkedHashMap<>();
  private String workbookProperties = "";
  private String calculation = "";
  private StringBuilder rows = new StringBuilder();

  WorkbookFile sheet(String name) {
    rows = new StringBuilder();
    sheets.put(name, rows);
    return this;
  }

  WorkbookFile since1904() {
    workbookProperties = "<workbookPr date1904=\"1\"/>";
    return this;
  }

  WorkbookFile computedOnLoad() {
    calculation = "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>";
    return this;
  }

  /** A row of cells; null leaves one out. */
  WorkbookFile row(int number, String... cells) {
    rows.append("<row r=\"").append(number).append("\">");
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        rows.append(cells[i].replaceFirst("<c", "<c r=\"" + (char) ('A' + i) + number + "\""));
      }
    }
    rows.append("</row>");
    return this;
  }

  String text(String value) {
    if (!texts.contains(value)) {
      texts.add(value);
    }
    return "<c t=\"s\"><v>" + texts.indexOf(value) + "</v></c>";
  }

  String number(String value, String format) {
    if (!formats.contains(format)) {
      formats.add(format);
    }
    return "<c s=\"%d\"><v>%s</v></c>".formatted(formats.indexOf(format), value);
  }

  Path write(Path file) throws IOException {
    StringBuilder types = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    StringBuilder names = new StringBuilder();
    Map<String, String> parts = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, StringBuilder> sheet : sheets.entrySet()) {
      i++;
      String part = "xl/worksheets/sheet" + i + ".xml";
      types.append(override(part, "worksheet+xml"));
      relations.append(
          "<Relationship Id=\"rId%d\" Target=\"worksheets/sheet%d.xml\"/>".formatted(i, i));
      names.append(
          "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>".formatted(sheet.getKey(), i, i));
      parts.put(
          part,
          "<worksheet %s><sheetData>%s</sheetData></worksheet>".formatted(MAIN, sheet.getValue()));
    }
    types.append(override("xl/workbook.xml", "sheet.main+xml"));
    types.append(override("xl/styles.xml", "styles+xml"));
    types.append(override("xl/sharedStrings.xml", "sharedStrings+xml"));
    StringBuilder styles = new StringBuilder("<numFmts>");
    for (int f = 0; f < formats.size(); f++) {
      styles.append(
          "<numFmt numFmtId=\"%d\" formatCode=\"%s\"/>".formatted(164 + f, xml(formats.get(f))));
    }
    styles.append("</numFmts><cellXfs>");
    for (int f = 0; f < formats.size(); f++) {
      styles.append("<xf numFmtId=\"%d\"/>".formatted(164 + f));
    }
    StringBuilder strings = new StringBuilder();
    texts.forEach(text -> strings.append("<si><t>").append(xml(text)).append("</t></si>"));
    parts.put("xl/sharedStrings.xml", "<sst %s>%s</sst>".formatted(MAIN, strings));
    parts.put("xl/styles.xml", "<styleSheet %s>%s</cellXfs></styleSheet>".formatted(MAIN, styles));
    parts.put(
        "xl/workbook.xml",
        "<workbook %s>%s<sheets>%s</sheets>%s</workbook>"
            .formatted(MAIN, workbookProperties, names, calculation));
    parts.put(
        "xl/_rels/workbook.xml.rels", "<Relationships>%s</Relationships>".formatted(relations));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "[Content_Types].xml", "<Types>%s</Types>".formatted(types));
      for (Map.Entry<String, String> part : parts.entrySet()) {
        put(zip, part.getKey(), part.getValue());
      }
    }
    return file;
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"/%s\" ContentType=\"%s\"/>".formatted(part, TYPE + type);
  }

  private static void put(ZipOutputStream zip, String name, String xml) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write((HEAD + xml).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
