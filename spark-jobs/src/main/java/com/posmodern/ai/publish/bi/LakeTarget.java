package com.posmodern.ai.publish.bi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedRows;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.publish.ReaderTarget;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Readers of the lake itself. A publication's manifests are written once and never changed; {@code
 * visible.json} names the publication to read, and replacing that file is the switch. For Redshift
 * and Athena the generated SQL of the publication replaces views instead.
 */
public final class LakeTarget implements ReaderTarget {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "publication_id";

  private final Lake lake;
  private final PublishedRows rows;
  private final PublicationFolder folder;
  private final SpectrumSql spectrum;
  private final AthenaSql athena;

  public LakeTarget(Lake lake, PublishSettings.Bi settings, PublishedRows rows) {
    this.lake = lake;
    this.rows = rows;
    this.folder = new PublicationFolder(lake.spark().sessionState().newHadoopConf(), lake.root());
    this.spectrum = new SpectrumSql(settings, folder);
    this.athena = new AthenaSql(settings, lake);
  }

  @Override
  public String reader() {
    return "bi";
  }

  @Override
  public String prepare(Publication publication) {
    List<PublishedTable> tables =
        publication.tables().stream().filter(t -> BiTables.all().contains(t.table())).toList();
    for (PublishedTable published : tables) {
      Table table = published.table();
      folder.write(
          folder.manifest(table, publication),
          Manifest.of(lake, published, rows.of(publication, table).orElseThrow()));
    }
    folder.write(folder.sql("spectrum.sql"), spectrum.tables());
    folder.write(folder.sql("athena.sql"), athena.tables());
    folder.write(
        folder.sql(publication, "spectrum-partitions.sql"), spectrum.partitions(publication));
    folder.write(folder.sql(publication, "redshift-switch.sql"), spectrum.views(publication));
    folder.write(folder.sql(publication, "athena-switch.sql"), athena.visible(publication));
    return "manifests of %d tables and their SQL written".formatted(tables.size());
  }

  @Override
  public void show(Publication publication) {
    ObjectNode visible = JSON.createObjectNode();
    visible.put(ID, publication.id());
    visible.put("as_of_date", publication.asOf().toString());
    ArrayNode tables = visible.putArray("tables");
    for (PublishedTable published : publication.tables()) {
      tables
          .addObject()
          .put("table", published.table().tableName())
          .put("location", lake.location(published.table()))
          .put("delta_version", published.deltaVersion())
          .put("rows", published.rows())
          .put("model_version", published.modelVersion().orElse(null))
          .put("manifest", folder.manifest(published.table(), publication));
    }
    folder.write(folder.visible(), visible.toPrettyString() + "\n");
  }

  /**
   * Manifests contain file names and no customer data; manifests that list removed files would
   * break readers.
   */
  @Override
  public String erase(Optional<Publication> visible, List<String> customers) {
    visible.ifPresent(
        publication -> {
          prepare(publication);
          show(publication);
        });
    dropOld(0);
    return "manifests of %d publications left".formatted(visible.stream().count());
  }

  @Override
  public Optional<String> visible() {
    return folder.read(folder.visible()).map(this::id);
  }

  private String id(String json) {
    try {
      return JSON.readTree(json).path(ID).asText();
    } catch (JacksonException e) {
      throw PosException.infrastructure(
          "is not JSON: " + e.getOriginalMessage(),
          folder.visible(),
          "Publish again, or switch back to a publication with publish --to.",
          e);
    }
  }

  /** Removes the manifests of publications to which readers can no longer be switched back. */
  @Override
  public Optional<String> dropOld(int kept) {
    TreeSet<String> ids = new TreeSet<>();
    for (Table table : BiTables.all()) {
      ids.addAll(folder.folders(folder.manifests(table)));
    }
    List<String> newestFirst = List.copyOf(ids.descendingSet());
    String seen = ID + "=" + visible().orElse("");
    newestFirst.stream()
        .skip(kept)
        .filter(name -> !name.equals(seen))
        .forEach(
            name -> {
              for (Table table : BiTables.all()) {
                folder.delete(folder.manifests(table) + "/" + name);
              }
            });
    return Optional.empty();
  }
}
