package com.posmodern.ai.lake.s3;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Who holds a lake's lease, as a log of numbered objects: the one with the highest number counts,
 * and the next number is made by a conditional PUT, so of two writers that saw the same state one
 * has to look again. It needs nothing of a server that Delta's log does not ({@code If-None-Match:
 * *}; {@code If-Match} came to S3 later, and servers for tests do not have it), and its number
 * grows with every change: it is the fencing token.
 */
final class LeaseLog {
  /**
   * A process that may write.
   *
   * @param id of this holding; another for the same process later
   * @param together see {@link com.posmodern.ai.lake.lock.Writer}
   * @param since when it took the lease, by its own clock
   * @param until until when it may write unless it renews, by its own clock
   */
  record Holder(
      String id, String command, String place, String together, String since, String until) {}

  /**
   * The holders at a moment.
   *
   * @param number 0 before the first one
   */
  record State(long number, List<Holder> holders) {}

  /** What lies in an object. */
  record Content(List<Holder> holders) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("(\\d{20})\\.json");

  /** Kept for a reader that listed them a moment ago. */
  private static final int KEPT = 3;

  private static final int ATTEMPTS = 5;

  private final FileSystem files;
  private final Path folder;
  private State known = new State(0, List.of());

  LeaseLog(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Reads an object only where its number is new. */
  synchronized State newest() throws IOException {
    for (int attempt = 1; ; attempt++) {
      NavigableSet<Long> numbers = numbers();
      if (numbers.isEmpty()) {
        return new State(0, List.of());
      }
      long number = numbers.last();
      if (number == known.number()) {
        return known;
      }
      try (var in = files.open(object(number))) {
        known = new State(number, JSON.readValue(in.readAllBytes(), Content.class).holders());
        return known;
      } catch (JacksonException e) {
        throw new IOException(object(number) + " is no lease: " + e.getOriginalMessage(), e);
      } catch (FileNotFoundException e) {
        // Others went on and tidied up meanwhile.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Whether the holders are now these; false when another process changed them first. */
  synchronized boolean replace(State seen, List<Holder> holders) throws IOException {
    long number = seen.number() + 1;
    byte[] bytes = JSON.writeValueAsString(new Content(holders)).getBytes(StandardCharsets.UTF_8);
    try {
      new ConditionalObject(files, object(number)).create(bytes);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    NavigableSet<Long> numbers = numbers();
    if (numbers.last() != number) {
      // The number was free only because others had moved on and removed it: the entry is void.
      files.delete(object(number), false);
      return false;
    }
    known = new State(number, List.copyOf(holders));
    for (long old : numbers.headSet(number - KEPT, true)) {
      files.delete(object(old), false);
    }
    return true;
  }

  private NavigableSet<Long> numbers() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>();
    try {
      Arrays.stream(files.listStatus(folder))
          .map(file -> NAME.matcher(file.getPath().getName()))
          .filter(Matcher::matches)
          .forEach(name -> numbers.add(Long.parseLong(name.group(1))));
    } catch (FileNotFoundException e) {
      // Nobody has ever written this lake.
      return numbers;
    }
    return numbers;
  }

  private Path object(long number) {
    return new Path(folder, "%020d.json".formatted(number));
  }
}
