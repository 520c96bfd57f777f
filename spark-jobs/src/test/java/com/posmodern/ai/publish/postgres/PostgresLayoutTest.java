package com.posmodern.ai.publish.postgres;

import com.posmodern.ai.testing.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PostgresLayoutTest {
  /** For people, for database administrators, and for scripts/bench-pos. */
  @Test
  void theLayoutOfTheDocsIsWhatIsCreated() throws IOException {
    String text =
        "-- Generated from lake-schemas/: what stays in the till's database from night to night.\n"
            + "-- PostgresLayoutTest fails when it is stale.\n\n"
            + String.join(";\n\n", new PostgresLayout("pos_reader").statements())
            + ";\n";
    GeneratedFile.assertFresh("docs/sql/pos-layout.sql", text);
  }
}
