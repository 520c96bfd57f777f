package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * The first lines of text files, read with the parser that Spark reads the rest with. The files of
 * a folder may have their columns in different orders and spellings.
 */
final class CsvHeaders {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Configuration hadoop;
  private final CsvFormat format;

  CsvHeaders(Configuration hadoop, CsvFormat format) {
    this.hadoop = hadoop;
    this.format = format;
  }

  /**
   * Files by their header.
   *
   * @throws PosException bad data for a file that cannot be read or has no line
   */
  Map<List<String>, List<Path>> of(List<Path> files) {
    Map<List<String>, List<Path>> byHeader = new LinkedHashMap<>();
    for (Path file : files) {
      List<String> header = format.hasHeaderLine() ? read(file) : format.header();
      byHeader.computeIfAbsent(header, unseen -> new ArrayList<>()).add(file);
    }
    return byHeader;
  }

  private List<String> read(Path file) {
    try (InputStream bytes = open(file);
        BufferedReader text =
            new BufferedReader(new InputStreamReader(bytes, Charset.forName(format.encoding())))) {
      CsvParser parser = new CsvParser(settings());
      parser.beginParsing(text);
      String[] fields = parser.parseNext();
      parser.stopParsing();
      if (fields == null) {
        throw PosException.badData(
            "the file has no line", file.toString(), "Export it again, or remove it.");
      }
      return Arrays.stream(fields)
          .map(name -> name == null ? "" : name.replace(BYTE_ORDER_MARK, "").strip())
          .toList();
    } catch (EOFException | ZipException | TextParsingException e) {
      throw broken(file, e);
    } catch (IOException e) {
      // Hadoop's own decompressor says it in words only.
      if (String.valueOf(e.getMessage()).contains("gzip")) {
        throw broken(file, e);
      }
      throw PosException.infrastructure(
          "cannot be opened: " + e.getMessage(),
          file.toString(),
          "Check the storage and the rights on it, then run again.",
          e);
    }
  }

  private InputStream open(Path file) throws IOException {
    InputStream bytes = file.getFileSystem(hadoop).open(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    return codec == null ? bytes : codec.createInputStream(bytes);
  }

  private CsvParserSettings settings() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(format.delimiter());
    settings.getFormat().setQuote(format.quote().charAt(0));
    settings.getFormat().setQuoteEscape(format.escape().charAt(0));
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(20_480);
    return settings;
  }

  private static PosException broken(Path file, Exception cause) {
    return PosException.badData(
        "the file cannot be read: " + cause.getMessage().lines().findFirst().orElse(""),
        file.toString(),
        "Check that it is whole and in the format its name says, then export it again.");
  }
}
