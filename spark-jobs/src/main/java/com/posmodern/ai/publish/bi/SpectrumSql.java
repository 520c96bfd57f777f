package com.posmodern.ai.publish.bi;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.SqlTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The SQL for Redshift. External tables read the manifests, one partition per publication; the
 * views of schema {@code bi} name one publication and are replaced in one transaction, so that
 * every statement sees all tables of the same one.
 */
final class SpectrumSql {
  private static final SqlTypes TYPES =
      new SqlTypes(
          "Redshift",
          "decimal",
          element -> "array<" + element + ">",
          Map.of(
              DataTypes.StringType, "varchar(65535)",
              DataTypes.IntegerType, "int",
              DataTypes.LongType, "bigint",
              DataTypes.DoubleType, "double precision",
              DataTypes.BooleanType, "boolean",
              DataTypes.DateType, "date",
              DataTypes.TimestampType, "timestamp"));

  private final PublishSettings.Bi settings;
  private final PublicationFolder folder;

  SpectrumSql(PublishSettings.Bi settings, PublicationFolder folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** To run once: schemas and tables. */
  String tables() {
    String schemas =
        """
        -- Run once, and again when a contract changes (drop the changed table first).
        -- Generated from lake-schemas/; CREATE EXTERNAL TABLE cannot run inside a transaction.
        CREATE EXTERNAL SCHEMA IF NOT EXISTS %s
        FROM DATA CATALOG DATABASE '%s'
        IAM_ROLE '%s'
        CREATE EXTERNAL DATABASE IF NOT EXISTS;

        CREATE SCHEMA IF NOT EXISTS bi;
        """
            .formatted(settings.glueDatabase(), settings.glueDatabase(), settings.redshiftRole());
    return schemas + BiTables.all().stream().map(this::table).collect(Collectors.joining());
  }

  private String table(Table table) {
    Contract contract = Contracts.of(table);
    StringBuilder columns = new StringBuilder();
    List<ContractColumn> stored = stored(contract);
    for (int i = 0; i < stored.size(); i++) {
      ContractColumn column = stored.get(i);
      columns.append(
          "  \"%s\" %s%s  -- %s\n"
              .formatted(
                  column.name(),
                  type(column.type()),
                  i + 1 < stored.size() ? "," : "",
                  SqlText.of(column)));
    }
    return """

        -- %s
        CREATE EXTERNAL TABLE %s.%s (
        %s)
        PARTITIONED BY (publication_id varchar(64), as_of_date date)
        ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
        STORED AS
          INPUTFORMAT 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'
          OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
        LOCATION '%s/';
        """
        .formatted(
            contract.description(),
            settings.glueDatabase(),
            table.tableName(),
            columns,
            SqlText.s3(folder.manifests(table)));
  }

  /** Before the switch: adds the publication's manifests to the catalog. May be repeated. */
  String partitions(Publication publication) {
    return publication.tables().stream()
        .map(published -> published.table())
        .filter(BiTables.all()::contains)
        .map(
            table ->
                """
                ALTER TABLE %s.%s ADD IF NOT EXISTS
                PARTITION (publication_id='%s', as_of_date='%s')
                LOCATION '%s/';
                """
                    .formatted(
                        settings.glueDatabase(),
                        table.tableName(),
                        publication.id(),
                        publication.asOf(),
                        SqlText.s3(folder.manifestFolder(table, publication))))
        .collect(Collectors.joining("\n"));
  }

  /** The switch; running an older publication's file switches back. */
  String views(Publication publication) {
    return BiTables.all().stream()
        .map(table -> view(table, publication))
        .collect(
            Collectors.joining(
                "\n",
                "-- Makes publication %s visible: replaces all views at once.\nBEGIN;\n\n"
                    .formatted(publication.id()),
                "\nCOMMIT;\n"));
  }

  private String view(Table table, Publication publication) {
    // Spectrum cannot return a nested column at the top level of a query.
    String columns =
        Contracts.of(table).columns().stream()
            .filter(column -> !(column.type() instanceof ArrayType))
            .map(column -> "\"" + column.name() + "\"")
            .collect(Collectors.joining(", "));
    return """
        CREATE OR REPLACE VIEW bi.%s AS
        SELECT %s
        FROM %s.%s
        WHERE publication_id = '%s'
        WITH NO SCHEMA BINDING;
        """
        .formatted(
            table.tableName(),
            columns,
            settings.glueDatabase(),
            table.tableName(),
            publication.id());
  }

  private static List<ContractColumn> stored(Contract contract) {
    return contract.columns().stream().filter(c -> !c.name().equals(Columns.AS_OF_DATE)).toList();
  }

  static String type(DataType type) {
    return TYPES.of(type);
  }
}
