package com.posmodern.ai.job.publish;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.ReaderTarget;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists publications, and switches readers back to an earlier one without recomputing anything. */
public final class PublicationCommand {
  private static final int LISTED = 20;

  private final Lake lake;
  private final PublicationStore store;
  private final PrintStream out;

  public PublicationCommand(Lake lake, Settings settings, PrintStream out) {
    this.lake = lake;
    this.store = new PublicationStore(lake, settings);
    this.out = out;
  }

  /**
   * Makes a recorded publication visible to every kind of reader. All targets are prepared before
   * any is switched; a target that still holds the publication has nothing to prepare.
   *
   * @param runId entered in {@code ops.publication_switches}
   * @throws PosException usage when no publication with that id is recorded
   */
  public void putBack(String id, String runId) {
    Publication publication = store.find(id).orElseThrow(() -> unknown(id));
    List<ReaderTarget> targets = store.targets();
    for (ReaderTarget target : targets) {
      out.printf("%s: %s%n", target.reader(), target.prepare(publication));
    }
    store.show(
        publication,
        targets,
        out::println,
        readers ->
            new LakeWriter(lake)
                .replace(
                    Table.PUBLICATION_SWITCHES,
                    publication.asOf(),
                    store.switched(publication, readers, runId, "put_back"),
                    PublicationStore.switchKey(publication, runId)));
  }

  /**
   * Prints the newest publications and which one each kind of reader sees, as stored on the
   * reader's side.
   */
  public void list() {
    Map<String, String> seen = store.seen();
    List<Publication> publications = store.newest(LISTED);
    if (publications.isEmpty()) {
      out.println("nothing has been published yet");
    }
    for (Publication publication : publications) {
      String readers = seen.getOrDefault(publication.id(), "");
      out.printf(
          "%s  as of %s  %d tables  %,d rows%s%n",
          publication.id(),
          publication.asOf(),
          publication.tables().size(),
          publication.rows(),
          readers.isEmpty() ? "" : "  seen by " + readers);
    }
  }

  private PosException unknown(String id) {
    String newest = store.newest(3).stream().map(Publication::id).collect(Collectors.joining(", "));
    return PosException.usage(
        "no publication %s is recorded; the newest are %s".formatted(id, newest),
        "--to",
        "List them: publications.");
  }
}
