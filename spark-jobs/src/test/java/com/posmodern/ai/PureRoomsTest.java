package com.posmodern.ai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models know Spark, and nothing of where the data are. */
class PureRoomsTest {
  private static final Path SOURCES =
      Path.of(System.getProperty("repository.root"), "spark-jobs/src/main/java");
  private static final Pattern STORAGE =
      Pattern.compile(".*/(delta-|hadoop-|parquet-|postgresql-|s3-|sts-).*\\.jar");

  @Test
  void compileWithoutDeltaAndHadoop(@TempDir Path classes) throws IOException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  found,
                  List.of(
                      "-proc:none",
                      "-implicit:none",
                      "-nowarn",
                      "-d",
                      classes.toString(),
                      "-sourcepath",
                      SOURCES.toString(),
                      "-classpath",
                      classPath()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources()))
              .call();

      assertThat(errors(found)).isEmpty();
      assertThat(compiled).isTrue();
    }
  }

  private static List<String> errors(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(one -> one.getKind() == javax.tools.Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String room : ArchitectureTest.PURE_ROOMS) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve("com/posmodern/ai/" + room))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  /** The jars of the tests' class path, without those that read or write anything. */
  private static String classPath() {
    List<String> all =
        Arrays.stream(classPathOfTheTests().split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .toList();
    assertThat(all).anyMatch(jar -> STORAGE.matcher(jar).matches());
    return all.stream()
        .filter(jar -> !STORAGE.matcher(jar).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Surefire gives it in a property, as the JVM's own is one jar that names the others. */
  private static String classPathOfTheTests() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
