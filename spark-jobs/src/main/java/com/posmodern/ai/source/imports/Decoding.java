package com.posmodern.ai.source.imports;

import com.posmodern.ai.error.PosException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Decodes a text file: the byte order mark is used and removed, and bytes that cannot be decoded
 * become U+FFFD, whose rows are rejected.
 *
 * @param charset what the bytes are in
 * @param markLength bytes before the text
 */
record Decoding(Charset charset, int markLength) {
  /** Of a mapping: by the byte order mark, UTF-8 where there is none. */
  static final String AUTO = "auto";

  private static final int PEEK = 1024;

  /**
   * Finds how a file is encoded.
   *
   * @param bytes that support mark, at the beginning of the file
   * @throws PosException usage when the file contradicts the mapping
   */
  static Decoding of(InputStream bytes, String declared, String file) throws IOException {
    bytes.mark(PEEK);
    byte[] first = bytes.readNBytes(PEEK);
    bytes.reset();
    Decoding marked = marked(first);
    boolean auto = declared.equalsIgnoreCase(AUTO);
    if (marked != null) {
      boolean fits =
          auto
              || marked.charset.name().equalsIgnoreCase(name(declared))
              || (name(declared).length() == "UTF-16".length()
                  && marked.charset.name().startsWith(name(declared)));
      if (!fits) {
        throw contradiction(file, declared, marked.charset.name(), "begins with the mark of");
      }
      return marked;
    }
    Charset unmarked = auto ? StandardCharsets.UTF_8 : Charset.forName(declared);
    Charset wide = byZeros(first);
    if (unmarked.equals(StandardCharsets.UTF_16)) {
      if (wide == null) {
        throw PosException.usage(
            "UTF-16 has two byte orders and the file has no byte order mark",
            file,
            "Set encoding to UTF-16LE or UTF-16BE.");
      }
      return new Decoding(wide, 0);
    }
    boolean wanted = unmarked.name().startsWith("UTF-16");
    if (wide != null && !wide.equals(unmarked) && !unmarked.name().startsWith("UTF-32")) {
      throw contradiction(file, declared, wide.name(), "has the zero bytes of");
    }
    if (wide == null && wanted && first.length > 0 && isText(first)) {
      throw contradiction(file, declared, "UTF-8", "has no zero byte and looks like");
    }
    return new Decoding(unmarked, 0);
  }

  /** Reads on from the beginning of the file. */
  Reader reader(InputStream bytes) throws IOException {
    bytes.skipNBytes(markLength);
    return new InputStreamReader(
        bytes,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith("\uFFFD"));
  }

  static InputStream markable(InputStream bytes) {
    return bytes.markSupported() ? bytes : new BufferedInputStream(bytes, 1 << 16);
  }

  /** Whether a text of one byte a character is what UTF-8 looks like when it is read so. */
  boolean isMisreadUtf8(String text) {
    if (charset.newEncoder().maxBytesPerChar() > 1 || isAscii(text)) {
      return false;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(charset.newEncoder().encode(java.nio.CharBuffer.wrap(text)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(byte[] bytes) {
    try {
      // A character may be cut at the end.
      int whole = bytes.length < PEEK ? bytes.length : bytes.length - 4;
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, whole));
      return true;
    } catch (CharacterCodingException e) {
      return bytes.length == PEEK;
    }
  }

  private static Decoding marked(byte[] b) {
    if (begins(b, 0xEF, 0xBB, 0xBF)) {
      return new Decoding(StandardCharsets.UTF_8, 3);
    }
    if (begins(b, 0xFF, 0xFE, 0, 0)) {
      return new Decoding(Charset.forName("UTF-32LE"), 4);
    }
    if (begins(b, 0, 0, 0xFE, 0xFF)) {
      return new Decoding(Charset.forName("UTF-32BE"), 4);
    }
    if (begins(b, 0xFF, 0xFE)) {
      return new Decoding(StandardCharsets.UTF_16LE, 2);
    }
    return begins(b, 0xFE, 0xFF) ? new Decoding(StandardCharsets.UTF_16BE, 2) : null;
  }

  private static boolean begins(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** UTF-16 without a mark: of digits, separators and most letters every other byte is zero. */
  private static Charset byZeros(byte[] bytes) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    int pairs = bytes.length / 2;
    if (odd * 2 > pairs && even * 8 < pairs) {
      return StandardCharsets.UTF_16LE;
    }
    return even * 2 > pairs && odd * 8 < pairs ? StandardCharsets.UTF_16BE : null;
  }

  private static String name(String declared) {
    return declared.equalsIgnoreCase(AUTO)
        ? AUTO
        : Charset.forName(declared).name().toUpperCase(Locale.ROOT);
  }

  private static PosException contradiction(
      String file, String declared, String found, String how) {
    return PosException.usage(
        "the mapping's encoding is %s, but the file %s %s".formatted(declared, how, found),
        file,
        declared.equalsIgnoreCase(AUTO)
            ? "Set encoding to %s: without a byte order mark, auto is UTF-8.".formatted(found)
            : "Set encoding to %s, or to auto, which uses the mark.".formatted(found));
  }
}
