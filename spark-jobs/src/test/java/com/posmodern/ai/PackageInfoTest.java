package com.posmodern.ai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package-info that says what its package depends on names the rooms that it imports from. */
class PackageInfoTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("repository.root"), "spark-jobs/src/main/java/com/posmodern/ai");
  private static final Pattern SENTENCE =
      Pattern.compile("[Dd]epends? on ((?:nothing|\\{@code)[^.;]*)[.;]");
  private static final Pattern NAMED = Pattern.compile("\\{@code (\\w+)}");
  private static final Pattern IMPORTED =
      Pattern.compile("^import (?:static )?com\\.posmodern\\.ai\\.([a-z]+)\\.", Pattern.MULTILINE);

  @Test
  void theRoomsThatAPackageDependsOnAreThoseThatItNames() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    Map<String, Set<String>> imported = new TreeMap<>();
    for (Path file : files(SOURCES)) {
      if (file.endsWith("package-info.java")) {
        String text = Files.readString(file).replaceAll("\\s*\\n \\* ?", " ");
        Matcher sentence = SENTENCE.matcher(text);
        // "Every room" names none.
        if (sentence.find() && !sentence.group(1).contains("every")) {
          String name = SOURCES.relativize(file.getParent()).toString();
          named.put(name, found(NAMED, sentence.group(1)));
          imported.put(name, imported(file.getParent(), name));
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(12);
    assertThat(imported).isEqualTo(named);
  }

  private static Set<String> imported(Path folder, String name) throws IOException {
    Set<String> rooms = new TreeSet<>();
    for (Path file : files(folder)) {
      rooms.addAll(found(IMPORTED, Files.readString(file)));
    }
    rooms.remove(name.replaceAll("/.*", ""));
    return rooms;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
