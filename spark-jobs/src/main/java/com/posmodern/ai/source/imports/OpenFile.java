package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Opens files by what their first bytes say they are. */
final class OpenFile {
  private static final int BUFFER = 1 << 16;

  private OpenFile() {}

  /**
   * What a file is.
   *
   * @throws PosException bad data for a format that is not read
   */
  static SourceFile.Format format(Configuration hadoop, Path file) throws IOException {
    byte[] first;
    try (InputStream bytes = storage(hadoop, file).open(file)) {
      first = bytes.readNBytes(8);
    }
    String name = file.getName().toLowerCase(java.util.Locale.ROOT);
    String magic = new String(first, StandardCharsets.ISO_8859_1);
    if (magic.startsWith("PAR1")) {
      return SourceFile.Format.PARQUET;
    }
    if (magic.startsWith("\u001F\u008B")) {
      return SourceFile.Format.GZIP;
    }
    if (magic.startsWith("PK\u0003\u0004")) {
      return isOffice(hadoop, file) ? SourceFile.Format.WORKBOOK : SourceFile.Format.ZIP;
    }
    unread(magic)
        .ifPresent(
            what -> {
              throw PosException.badData(
                  what,
                  file.toString(),
                  "Save it as CSV, Parquet or .xlsx (.gz and .zip of CSV will do).");
            });
    for (String ending : List.of(".parquet", ".gz", ".zip")) {
      if (first.length > 0 && name.endsWith(ending)) {
        throw broken(file.toString(), "its name says %s, its bytes do not".formatted(ending));
      }
    }
    return SourceFile.Format.TEXT;
  }

  /**
   * A file system without checksum files, because Hadoop cannot name one for a file with a colon.
   */
  static FileSystem storage(Configuration hadoop, Path path) throws IOException {
    FileSystem storage = path.getFileSystem(hadoop);
    return storage instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : storage;
  }

  private static Optional<String> unread(String magic) {
    if (magic.startsWith("\u00D0\u00CF\u0011\u00E0")) {
      return Optional.of("is a workbook of Excel 97 to 2003 (.xls), or one with a password");
    }
    if (magic.startsWith("BZh")) {
      return Optional.of("is compressed by bzip2");
    }
    if (magic.startsWith("(\u00B5/\u00FD")) {
      return Optional.of("is compressed by zstd");
    }
    if (magic.startsWith("7z\u00BC\u00AF")) {
      return Optional.of("is a 7z archive");
    }
    if (magic.startsWith("\u00FD7zXZ")) {
      return Optional.of("is compressed by xz");
    }
    if (magic.startsWith("Rar!")) {
      return Optional.of("is a RAR archive");
    }
    if (magic.startsWith("%PDF")) {
      return Optional.of("is a PDF");
    }
    return magic.startsWith("ORC") || magic.startsWith("Obj\u0001")
        ? Optional.of("is an ORC or Avro file")
        : Optional.empty();
  }

  /** Of Microsoft's programs; which one shows when it is opened. */
  private static boolean isOffice(Configuration hadoop, Path file) throws IOException {
    try (ZipInputStream zip = zip(storage(hadoop, file).open(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("[Content_Types].xml") || entry.getName().startsWith("xl/")) {
          return true;
        }
        if (entry.getName().equals("mimetype")) {
          throw PosException.badData(
              "is a document of LibreOffice (.ods)",
              file.toString(),
              "Save it as an Excel workbook (.xlsx) or CSV.");
        }
        if (!entry.getName().startsWith("_rels/") && !entry.getName().startsWith("docProps/")) {
          return false;
        }
      }
      return false;
    } catch (ZipException e) {
      throw broken(file.toString(), e.getMessage());
    }
  }

  /** The files inside an archive; what tools leave beside them is passed over. */
  static List<SourceFile> entries(Configuration hadoop, SourceFile archive) throws IOException {
    List<SourceFile> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (ZipInputStream zip = zip(storage(hadoop, archive.path()).open(archive.path()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (!entry.isDirectory()
            && !FileFinder.isHidden(file)
            && !entry.getName().startsWith("__MACOSX/")) {
          if (file.toLowerCase(java.util.Locale.ROOT).matches(".*\\.(xlsx|xlsm|zip|gz|parquet)")) {
            throw PosException.badData(
                "the archive holds %s, which is packed itself".formatted(entry.getName()),
                archive.name(),
                "Unpack the archive and name its files.");
          }
          if (!names.add(entry.getName())) {
            throw PosException.badData(
                "the archive holds %s more than once".formatted(entry.getName()),
                archive.name(),
                "Pack it again, with each file once.");
          }
          entries.add(archive.part(entry.getName()));
        }
      }
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      throw broken(archive.name(), String.valueOf(e.getMessage()));
    }
    if (entries.isEmpty()) {
      throw PosException.badData("the archive holds no file", archive.name(), "Export it again.");
    }
    return entries;
  }

  /** The bytes of a text file, as they were before they were packed. */
  static InputStream bytes(Configuration hadoop, SourceFile file) throws IOException {
    InputStream raw = storage(hadoop, file.path()).open(file.path());
    try {
      return switch (file.format()) {
        case GZIP ->
            Decoding.markable(new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER));
        case ZIP -> new BufferedInputStream(entry(raw, file), BUFFER);
        default -> new BufferedInputStream(raw, BUFFER);
      };
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream entry(InputStream raw, SourceFile file) throws IOException {
    ZipInputStream zip = zip(raw);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().equals(file.entry())) {
        return zip;
      }
    }
    throw new ZipException("the archive has no entry " + file.entry());
  }

  private static ZipInputStream zip(InputStream raw) {
    return new ZipInputStream(new BufferedInputStream(raw, BUFFER), StandardCharsets.UTF_8);
  }

  static PosException broken(String file, String why) {
    return PosException.badData(
        "the file cannot be read: " + why,
        file,
        "Check that it is whole and in the format its name says, then export it again.");
  }
}
