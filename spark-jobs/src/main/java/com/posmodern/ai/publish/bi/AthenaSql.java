package com.posmodern.ai.publish.bi;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.publish.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL for Athena, which reads Delta natively. It always reads the newest version: the views
 * therefore filter by the visible as-of date, and show new rows of that date as soon as a repeated
 * run writes them. Readers for whom that is a problem use the tables of {@link SpectrumSql}, which
 * Athena finds in the same catalog.
 *
 * <p>Tables that belong to no publication have views of what holds now: of a ledger with a row per
 * change the newest row of each key, of any other table its newest as-of date. Redshift cannot
 * follow them, as Spectrum reads Delta by manifests only.
 */
final class AthenaSql {
  private final PublishSettings.Bi settings;
  private final Lake lake;

  AthenaSql(PublishSettings.Bi settings, Lake lake) {
    this.settings = settings;
    this.lake = lake;
  }

  /** To run once: the native tables, and views of the visible date. */
  String tables() {
    String database =
        """
        -- Run once. Generated from lake-schemas/; Athena takes columns and comments from Delta's log.
        CREATE DATABASE IF NOT EXISTS %s;
        """
            .formatted(settings.glueDatabase());
    return database
        + BiTables.all().stream().map(this::table).collect(Collectors.joining())
        + BiTables.live().stream().map(this::live).collect(Collectors.joining());
  }

  private String live(Table table) {
    Contract contract = Contracts.of(table);
    String columns =
        contract.columns().stream()
            .map(column -> "\"" + column.name() + "\"")
            .collect(Collectors.joining(", "));
    List<String> key = new ArrayList<>(contract.primaryKey());
    key.remove(Columns.AS_OF_DATE);
    boolean changes = key.remove(Columns.RECORDED_AT);
    String newest =
        changes
            ? "row_number() OVER (PARTITION BY %s ORDER BY \"%s\" DESC)"
                .formatted(
                    key.stream()
                        .map(column -> "\"" + column + "\"")
                        .collect(Collectors.joining(", ")),
                    Columns.RECORDED_AT)
            : "dense_rank() OVER (ORDER BY \"%s\" DESC)".formatted(Columns.AS_OF_DATE);
    return """

        -- %s
        %s
        CREATE OR REPLACE VIEW %s.%s_now AS
        SELECT %s
        FROM (SELECT *, %s AS age_rank FROM %s.%s_delta)
        WHERE age_rank = 1;
        """
        .formatted(
            contract.description(),
            delta(table),
            settings.glueDatabase(),
            table.tableName(),
            columns,
            newest,
            settings.glueDatabase(),
            table.tableName());
  }

  private String delta(Table table) {
    return """
        CREATE EXTERNAL TABLE %s.%s_delta
        LOCATION '%s/'
        TBLPROPERTIES ('table_type' = 'DELTA');
        """
        .formatted(settings.glueDatabase(), table.tableName(), SqlText.s3(lake.location(table)));
  }

  private String table(Table table) {
    String columns =
        Contracts.of(table).columns().stream()
            .map(ContractColumn::name)
            .map(name -> "d.\"" + name + "\"")
            .collect(Collectors.joining(", "));
    return """

        -- %s
        %s
        CREATE OR REPLACE VIEW %s.%s_visible AS
        SELECT %s
        FROM %s.%s_delta d
        JOIN %s.visible_publication v ON d.as_of_date = v.as_of_date;
        """
        .formatted(
            Contracts.of(table).description(),
            delta(table),
            settings.glueDatabase(),
            table.tableName(),
            columns,
            settings.glueDatabase(),
            table.tableName(),
            settings.glueDatabase());
  }

  /** The switch: replaces one view that all others join. */
  String visible(Publication publication) {
    return """
        -- Makes publication %s visible; run it before athena.sql the first time.
        CREATE OR REPLACE VIEW %s.visible_publication AS
        SELECT '%s' AS publication_id, DATE '%s' AS as_of_date;
        """
        .formatted(publication.id(), settings.glueDatabase(), publication.id(), publication.asOf());
  }
}
