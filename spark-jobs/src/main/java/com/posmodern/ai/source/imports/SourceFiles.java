package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files that the command line names as one source: a file, a folder with all below it, or a
 * glob.
 *
 * @param input as the command line names it
 * @param files in the order of their names, those of archives one by one
 * @param empty names of files without a byte
 */
record SourceFiles(
    String source, String input, List<SourceFile> files, List<String> empty, boolean parquet) {

  private static final Pattern PARTITION = Pattern.compile("([^/=]+)=([^/]*)");
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  /**
   * Finds the files of a source.
   *
   * @throws PosException usage when nothing is there or the formats are mixed; bad data for a
   *     folder without a whole file, or one that is being written; infrastructure when the storage
   *     does not answer
   */
  static SourceFiles find(Configuration hadoop, String source, String input) {
    String place = place(source, input);
    try {
      List<FileStatus> found = FileFinder.find(hadoop, input, place);
      if (found.isEmpty()) {
        throw PosException.badData(
            "the folder contains no files", place, "Put the export's files there.");
      }
      found.sort(Comparator.comparing(file -> file.getPath().toString()));
      return of(hadoop, source, input, found);
    } catch (FileNotFoundException e) {
      throw PosException.usage(
          "there is no such file or folder", place, "Correct the path of --input.");
    } catch (IOException e) {
      throw PosException.infrastructure(
          "cannot be listed: " + e.getMessage(),
          place,
          "Check the storage and the access rights, then run again.",
          e);
    }
  }

  private static SourceFiles of(
      Configuration hadoop, String source, String input, List<FileStatus> found)
      throws IOException {
    List<SourceFile> files = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (FileStatus status : found) {
      if (status.getLen() == 0) {
        empty.add(status.getPath().toString());
        continue;
      }
      SourceFile file =
          new SourceFile(
              status.getPath().toUri().toString(),
              "",
              status.getLen(),
              status.getModificationTime(),
              OpenFile.format(hadoop, status.getPath()),
              folders(status.getPath()));
      files.addAll(
          file.format() == SourceFile.Format.ZIP ? OpenFile.entries(hadoop, file) : List.of(file));
    }
    if (files.isEmpty()) {
      throw PosException.badData("the file is empty", empty.get(0), "Export it again.");
    }
    boolean parquet = all(files, SourceFile.Format.PARQUET, "Parquet files", place(source, input));
    all(files, SourceFile.Format.WORKBOOK, "Excel workbooks", place(source, input));
    for (SourceFile file : files) {
      if (parquet && file.path().getName().contains(":")) {
        throw PosException.usage(
            "the name of a Parquet file has a colon, which Spark does not read",
            file.name(),
            "Rename the file.");
      }
    }
    return new SourceFiles(source, input, files, empty, parquet);
  }

  private static boolean all(
      List<SourceFile> files, SourceFile.Format format, String what, String place) {
    long some = files.stream().filter(file -> file.format() == format).count();
    if (some != 0 && some != files.size()) {
      throw PosException.usage(
          what + " are mixed with others", place, "Select one kind with a glob.");
    }
    return some > 0;
  }

  boolean workbooks() {
    return files.get(0).format() == SourceFile.Format.WORKBOOK;
  }

  /**
   * Of workbooks, the sheet that is read.
   *
   * @throws PosException usage when a workbook has several and the mapping names none, or the
   *     mapping names one of no workbook
   */
  SourceFiles withSheets(Configuration hadoop, ImportMapping mapping) {
    String sheet = mapping.sources().get(source).csv().sheet();
    String key = "sources.%s.csv.sheet".formatted(source);
    if (!workbooks()) {
      if (!sheet.isEmpty()) {
        throw mapping.wrong(
            key,
            "a sheet is given, but %s is not a workbook".formatted(files.get(0).name()),
            "Leave it out.");
      }
      return this;
    }
    List<SourceFile> sheets = new ArrayList<>();
    for (SourceFile file : files) {
      List<String> names = Workbook.sheets(hadoop, file);
      List<String> wanted =
          names.stream()
              .filter(name -> sheet.isEmpty() || name.strip().equalsIgnoreCase(sheet.strip()))
              .toList();
      if (names.isEmpty()) {
        throw PosException.badData("no sheet contains a value", file.name(), "Export it again.");
      }
      if (wanted.size() != 1) {
        throw mapping.wrong(
            key,
            sheet.isEmpty()
                ? "%s has the sheets %s".formatted(file.name(), names)
                : "%s has no sheet %s with values".formatted(file.name(), sheet),
            sheet.isEmpty()
                ? "Give the one to read, for example sheet: '%s'.".formatted(names.get(0))
                : "Its sheets are %s.".formatted(names));
      }
      sheets.add(file.part(wanted.get(0)));
    }
    return new SourceFiles(source, input, sheets, empty, parquet);
  }

  /** Of {@code store=S1/year=2025/sales.csv}. */
  private static Map<String, String> folders(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Matcher partition = PARTITION.matcher(folder.getName());
      if (partition.matches()) {
        String value = decoded(partition.group(2));
        values.putIfAbsent(partition.group(1), value.equals(NO_VALUE) ? null : value);
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /**
   * Compares the files with what they were when they were found.
   *
   * @throws PosException bad data when one was written to meanwhile
   */
  void requireUnchanged(Configuration hadoop) {
    for (SourceFile file : files) {
      try {
        FileStatus now = OpenFile.storage(hadoop, file.path()).getFileStatus(file.path());
        if (now.getLen() != file.length() || now.getModificationTime() != file.modified()) {
          throw PosException.badData(
              "the file changed while it was read",
              file.name(),
              "Nothing was written. Import it when its export is done.");
        }
      } catch (IOException e) {
        throw PosException.badData(
            "the file was removed while it was read",
            file.name(),
            "Nothing was written. Run again.");
      }
    }
  }

  List<String> names() {
    return files.stream().map(SourceFile::name).distinct().toList();
  }

  String place() {
    return place(source, input);
  }

  private static String place(String source, String input) {
    return "input %s=%s".formatted(source, input);
  }

  /** For Spark, which takes every path for a glob. */
  static String literally(Path file) {
    return file.toString().replaceAll("([\\\\{}\\[\\]*?])", "\\\\$1");
  }
}
