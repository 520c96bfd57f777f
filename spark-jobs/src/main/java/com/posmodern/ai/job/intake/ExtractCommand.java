package com.posmodern.ai.job.intake;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.ExtractFolder.Plan;
import com.posmodern.ai.job.intake.ExtractFolder.SourceState;
import com.posmodern.ai.job.intake.ExtractFolder.State;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.jdbc.ExtractFile;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The extract command: brings rows of a database's tables into the source tables, those that
 * changed since the last run or all.
 *
 * <p>All tables are read, batch by batch, before the first one is written; each is one commit. How
 * far was read is stored last. A run that is killed is resumed: batches that were read are not read
 * again, and to write the same rows once more changes nothing.
 */
public final class ExtractCommand {
  /** Whether positions of earlier runs count. */
  public enum From {
    POSITION,
    BEGINNING
  }

  private final Lake lake;
  private final UnaryOperator<String> environment;
  private final PrintStream out;

  /**
   * @param environment value of a variable; null when it is not set
   */
  public ExtractCommand(Lake lake, UnaryOperator<String> environment, PrintStream out) {
    this.lake = lake;
    this.environment = environment;
    this.out = out;
  }

  /**
   * Extracts.
   *
   * @param asOf partition of the quarantine; empty: the last complete day of the sales in the lake
   * @throws PosException usage or bad data, with nothing written, when file and database do not fit
   *     or a row count is not believed; infrastructure when the database or the lake fails
   */
  public void run(ExtractFile file, From from, Optional<LocalDate> asOf, Instant now) {
    out.printf("extract %s%n", file.name());
    ExtractFolder folder = new ExtractFolder(lake, file.name());
    State state = from == From.BEGINNING ? State.NONE : folder.state();
    requireSameDatabase(file, state);
    ExtractReading reading = ExtractReading.open(lake, folder, file, state, environment, out);
    Optional<Plan> left = from == From.BEGINNING ? Optional.empty() : reading.left(now);
    Plan plan = left.orElseGet(() -> reading.begin(now));
    reading.read(plan);
    new ExtractWriting(lake, folder, file, plan, out).write(asOf, now);
    folder.end(state.after(plan));
  }

  /** A position in one database says nothing about another, such as staging and production. */
  private static void requireSameDatabase(ExtractFile file, State state) {
    String found = file.database().identity();
    state.sources().values().stream()
        .map(SourceState::database)
        .filter(known -> known != null && !known.equals(found))
        .findFirst()
        .ifPresent(
            known -> {
              throw PosException.usage(
                  "the database is %s and was %s at the last run".formatted(found, known),
                  file.mapping().file().toString(),
                  "Correct database.url; or, if the change is meant, run with --rebuild: all rows"
                      + " are read. Rows of the former database stay unless missing_at_most is set.");
            });
  }
}
