package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.hadoop.conf.Configuration;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;

/**
 * An Excel workbook (.xlsx, .xlsm), read row by row: only its distinct texts and one row are in
 * memory.
 *
 * <p>A workbook can only be read from its end, so one on another machine is copied first.
 */
final class Workbook implements AutoCloseable {
  private static final String MAIN_PART = "xl/workbook.xml";
  private static final String TEXTS = "xl/sharedStrings.xml";

  /** Texts take some two to four times their bytes in the file. */
  private static final long LARGEST_TEXTS = Runtime.getRuntime().maxMemory() / 12;

  private final String name;
  private final File file;
  private final boolean copied;
  private final SheetCell.Formulas formulas;
  private final ReadableWorkbook workbook;

  /**
   * Opens a workbook.
   *
   * @throws PosException bad data for one that cannot be read
   */
  Workbook(Configuration hadoop, SourceFile source) throws IOException {
    this.name = source.path().toString();
    this.copied = !"file".equals(source.path().toUri().getScheme());
    this.file = copied ? copy(hadoop, source) : new File(source.path().toUri().getPath());
    try {
      this.formulas = look() ? SheetCell.Formulas.COMPUTED : SheetCell.Formulas.NOT_COMPUTED;
      this.workbook = new ReadableWorkbook(file, new ReadingOptions(true, true));
    } catch (IOException | RuntimeException e) {
      removeCopy();
      throw explained(name, e);
    }
  }

  private static File copy(Configuration hadoop, SourceFile source) throws IOException {
    java.nio.file.Path copy = Files.createTempFile("import", ".xlsx");
    try (InputStream bytes = OpenFile.storage(hadoop, source.path()).open(source.path())) {
      Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy.toFile();
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  /** Checks what is inside, and whether the program that wrote it computed its formulas. */
  private boolean look() throws IOException {
    try (ZipFile zip = new ZipFile(file)) {
      if (zip.getEntry("xl/workbook.bin") != null) {
        throw PosException.badData(
            "is a binary workbook (.xlsb)", name, "Save it as an Excel workbook (.xlsx) or CSV.");
      }
      if (zip.stream().map(ZipEntry::getName).noneMatch(part -> part.startsWith("xl/"))) {
        throw PosException.badData(
            "is an office document, but not a workbook",
            name,
            "Save it as CSV (UTF-8) or an Excel workbook (.xlsx).");
      }
      ZipEntry texts = zip.getEntry(TEXTS);
      if (texts != null && texts.getSize() > LARGEST_TEXTS) {
        throw PosException.badData(
            "its texts have %,d MiB, more than the memory is for".formatted(texts.getSize() >> 20),
            name,
            "Save the sheet as CSV (UTF-8), or give the program more memory (POS_HEAP).");
      }
      ZipEntry main = zip.getEntry(MAIN_PART);
      return main == null || isComputed(zip.getInputStream(main));
    }
  }

  private static boolean isComputed(InputStream xml) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(xml);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && reader.getLocalName().equals("calcPr")) {
          String onLoad = reader.getAttributeValue(null, "fullCalcOnLoad");
          return onLoad == null || onLoad.equals("0") || onLoad.equals("false");
        }
      }
      return true;
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Names of the sheets that are not empty.
   *
   * @throws PosException bad data for a workbook that cannot be read
   */
  static List<String> sheets(Configuration hadoop, SourceFile file) {
    try (Workbook workbook = new Workbook(hadoop, file)) {
      List<String> filled = new ArrayList<>();
      for (Sheet sheet : workbook.workbook.getSheets().toList()) {
        if (workbook.hasValues(sheet)) {
          filled.add(sheet.getName());
        }
      }
      return filled;
    } catch (IOException | RuntimeException e) {
      throw explained(file.name(), e);
    }
  }

  private boolean hasValues(Sheet sheet) throws IOException {
    try (Stream<Row> rows = sheet.openStream()) {
      return rows.anyMatch(
          row -> row.stream().anyMatch(cell -> !SheetCell.of(cell, formulas).text().isBlank()));
    } catch (ExcelReaderException e) {
      // A sheet of charts has no rows.
      return false;
    }
  }

  /**
   * The rows of the sheet that is the file's entry.
   *
   * @param skip rows above the header, by their numbers
   */
  static Records records(Configuration hadoop, SourceFile file, int skip) throws IOException {
    Workbook workbook = new Workbook(hadoop, file);
    try {
      Sheet sheet =
          workbook
              .workbook
              .findSheet(file.entry())
              .orElseThrow(() -> new IOException("there is no sheet " + file.entry()));
      return new SheetRecords(workbook, file, sheet.openStream(), workbook.formulas, skip);
    } catch (IOException | RuntimeException e) {
      workbook.close();
      throw explained(file.name(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      workbook.close();
    } finally {
      removeCopy();
    }
  }

  private void removeCopy() throws IOException {
    if (copied) {
      Files.deleteIfExists(file.toPath());
    }
  }

  /** One message for all: libraries report a damaged workbook by exceptions of many kinds. */
  static RuntimeException explained(String file, Exception e) {
    return e instanceof PosException known
        ? known
        : PosException.badData(
            "the workbook cannot be read: " + oneLine(String.valueOf(e.getMessage())),
            file,
            "Check that it opens in Excel or LibreOffice, save it there as an Excel workbook (.xlsx, not Strict), and import that.");
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\u2028\u2029]+", " ");
  }
}
