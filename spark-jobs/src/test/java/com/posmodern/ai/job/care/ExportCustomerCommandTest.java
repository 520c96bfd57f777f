package com.posmodern.ai.job.care;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.care.ExportCustomerCommand.Scope;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.PlantedCustomers;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCustomerCommandTest {
  @TempDir private Path folder;

  @Test
  void allRowsOfThePersonAndNobodyElsesAreInTheFile() throws IOException {
    Lake lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    PlantedCustomers.write(lake, 0, false);
    List<String> steps = new ArrayList<>();
    ExportCustomerCommand command =
        new ExportCustomerCommand(
            lake,
            new ErasedCustomers(
                List.of(PlantedCustomers.ID),
                PseudonymKey.of("a-key-of-the-tests-0123456789abcdef")),
            steps::add);
    Path file = folder.resolve("hers.jsonl");

    assertThat(command.run(file, Scope.EVERYTHING)).isEqualTo("13 rows of 3 tables in " + file);
    String text = Files.readString(file);
    assertThat(text.lines()).hasSize(13).allMatch(line -> line.contains(PlantedCustomers.ID));
    assertThat(text)
        .contains("{\"table\":\"source.customers\",\"row\":{")
        .contains(PlantedCustomers.NAME)
        .contains("\"telegram_chat_id\":null")
        .doesNotContain("Other 1");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(String.join("\n", steps))
        .contains("source.sales_lines: 10 rows")
        .doesNotContain(PlantedCustomers.ID)
        .doesNotContain(PlantedCustomers.NAME);

    Path why = folder.resolve("why.jsonl");
    assertThat(command.run(why, Scope.MESSAGES)).isEqualTo("1 rows of 1 tables in " + why);
    assertThatThrownBy(() -> command.run(why, Scope.MESSAGES))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("is there already");
  }
}
