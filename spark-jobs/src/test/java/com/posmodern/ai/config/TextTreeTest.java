package com.posmodern.ai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTreeTest {
  private static final Path FILE = Path.of("mapping.yaml");

  @TempDir Path folder;

  /** A mapping file in small. */
  record Reader(String decimal, List<String> columns, Map<String, Integer> sizes) {}

  private static String json(String yaml) {
    return TextTree.read(FILE, yaml).root().toString().replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: 0042       | {'a':'0042'}
          a: NULL       | {'a':'NULL'}
          a: ~          | {'a':'~'}
          a: no         | {'a':'no'}
          a: 2025-03-01 | {'a':'2025-03-01'}
          a: 1e3        | {'a':'1e3'}
          a: ''         | {'a':''}
          a:            | {'a':null}
          a: [1, x]     | {'a':['1','x']}
          a: {b: 1}     | {'a':{'b':'1'}}
          text          | 'text'
          """)
  void everyScalarIsTheTextThatWasWritten(String yaml, String tree) {
    assertThat(json(yaml)).isEqualTo(tree);
  }

  @Test
  void keysKnowTheirLines() {
    Map<String, Integer> lines = TextTree.read(FILE, "a:\n  b: 1\nc:\n  - d: 2\n").lines();
    assertThat(lines)
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "a.b", 2, "c", 3, "c.0.d", 4));
  }

  @Test
  void anAliasIsACopyOfItsAnchor() {
    assertThat(json("a: &x {b: 1}\nc: *x")).isEqualTo("{'a':{'b':'1'},'c':{'b':'1'}}");
    assertThat(json("a: &x [1]\nc: [*x, *x]")).isEqualTo("{'a':['1'],'c':[['1'],['1']]}");
  }

  @Test
  void ownKeysWinOverMergedOnes() {
    assertThat(json("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  b: 3"))
        .isEqualTo("{'a':{'b':'1','c':'2'},'d':{'b':'3','c':'2'}}");
    assertThat(json("a: &x {b: 1}\ny: &y {b: 2, c: 3}\nd:\n  <<: [*x, *y]"))
        .endsWith("'d':{'b':'1','c':'3'}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | mapping.yaml   | the file is empty
          a: 1~a: 2           | mapping.yaml:2 | the key a occurs twice
          a: {b: 1, b: 2}     | mapping.yaml:1 | the key a.b occurs twice
          a: *x               | mapping.yaml:1 | the alias *x has no anchor &x before it
          a: &x 1~b: *x       | mapping.yaml:2 | the alias *x has no anchor &x before it on a group or list
          a: &x [1]~b: {<<: *x} | mapping.yaml:2 | << can merge only a group of keys
          a:~- 1~-            | mapping.yaml   | a has an empty entry
          a: 1~---~b: 2       | mapping.yaml   | a second document begins
          a: [1               | mapping.yaml:1 | while parsing a flow sequence:
          """)
  void whatIsNoTreeOfTextsIsRefusedWithItsLine(String yaml, String where, String what) {
    assertThatThrownBy(() -> TextTree.read(FILE, yaml.replace('~', '\n') + "\n"))
        .isInstanceOf(PosException.class)
        .hasMessageContaining(where)
        .hasMessageContaining(what)
        .hasMessageNotContaining("in 'reader'");
  }

  @Test
  void aliasesOfAliasesDoNotGrowForEver() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 7; i++) {
      String alias = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s]%n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    assertThatThrownBy(() -> TextTree.read(FILE, yaml.toString()))
        .hasMessageContaining("aliases make the file too large");
    // As many nodes without aliases, and fewer with them, are read.
    assertThat(TextTree.read(FILE, "a:\n" + "  - x\n".repeat(150_000)).root().get("a"))
        .hasSize(150_000);
    assertThat(json("a: &x [%s1]\nb: [*x, *x, *x, *x]".formatted("1, ".repeat(30_000))))
        .startsWith("{'a':['1','1'");
  }

  @Test
  void aFileOfTextsBecomesARecordAndItsMistakesAreNamedWithTheirLine() throws IOException {
    Path file = folder.resolve("reader.yaml");
    Files.writeString(file, "\uFEFFdecimal: ','\ncolumns: [a]\nsizes:\n  small: 1\n");
    SettingsReader.Texts<Reader> read = SettingsReader.readTexts(file, Reader.class);
    assertThat(read.value()).isEqualTo(new Reader(",", List.of("a"), Map.of("small", 1)));
    assertThat(read.lines()).containsEntry("sizes.small", 4);

    Files.writeString(file, "decimal: ','\ncolumns: [a]\nsizes:\n  small: one\n");
    assertRefused(file, file + ":4 sizes.small", "one");
    Files.writeString(file, "decimal: ','\ncolumns: [a]\n");
    assertRefused(file, file + " sizes", "the value is missing");
    Files.writeString(file, "decimal:\ncolumns: [a]\nsizes: {}\n");
    assertRefused(file, file + ":1 decimal", "the value is missing");
    Files.write(file, new byte[] {'a', ':', (byte) 0xE7});
    assertRefused(file, file.toString(), "the file is not UTF-8");
    assertRefused(folder, folder.toString(), "no such file");
  }

  private static void assertRefused(Path file, String where, String what) {
    assertThatThrownBy(() -> SettingsReader.readTexts(file, Reader.class))
        .isInstanceOf(PosException.class)
        .hasMessageContaining(where)
        .hasMessageContaining(what);
  }

  @Test
  void aPlaceIsTheLineOfTheKeyOrOfItsGroup() {
    Map<String, Integer> lines = Map.of("a", 1, "a.b", 2);
    assertThat(SettingsReader.place(FILE, lines, "a.b")).isEqualTo("mapping.yaml:2 a.b");
    assertThat(SettingsReader.place(FILE, lines, "a.b.c")).isEqualTo("mapping.yaml:2 a.b.c");
    assertThat(SettingsReader.place(FILE, lines, "a.x")).isEqualTo("mapping.yaml:1 a.x");
    assertThat(SettingsReader.place(FILE, lines, "x")).isEqualTo("mapping.yaml x");
    assertThat(SettingsReader.place(FILE, lines, "")).isEqualTo("mapping.yaml");
  }
}
