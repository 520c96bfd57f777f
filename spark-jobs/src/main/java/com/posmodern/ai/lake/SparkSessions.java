package com.posmodern.ai.lake;

import com.posmodern.ai.config.SparkSettings;
import com.posmodern.ai.lake.s3.ConditionalPutLogStore;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the session; options set by {@code spark-submit} override the settings. */
public final class SparkSessions {
  /**
   * Delta refuses versions older than its retention of deleted files (7 days) though the files are
   * there. Publications are kept for longer, and we decide when their files are removed: {@link
   * TableCare#vacuum} keeps them.
   */
  static final String OLD_VERSIONS_REFUSED =
      "spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration";

  /**
   * Names of options whose values Spark's event log and pages must not show: EMR passes the key and
   * the customers' ids as Spark options.
   */
  private static final String REDACTED = "spark.redaction.regex";

  private static final String HIDDEN =
      "(?i)secret|password|token|access[.]?key|POS_CUSTOMER_ID|POS_PSEUDONYM_KEY";

  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  private SparkSessions() {}

  public static SparkSession open(SparkSettings settings) {
    SparkConf conf = configured(settings, new SparkConf());
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    // An existing session keeps its own options.
    spark.conf().set(TIME_ZONE, conf.get(TIME_ZONE));
    return spark;
  }

  /**
   * Adds what is missing.
   *
   * @param conf options from the command line and the cluster's defaults
   */
  static SparkConf configured(SparkSettings settings, SparkConf conf) {
    conf.setIfMissing("spark.master", settings.master());
    conf.setIfMissing("spark.app.name", "pos-modern-ai");
    conf.setIfMissing("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    // A column that is too narrow must be an error, never a silent cast or null.
    conf.setIfMissing("spark.sql.storeAssignmentPolicy", "ANSI");
    for (String scheme : List.of("s3a", "s3")) {
      conf.setIfMissing(
          "spark.delta.logStore.%s.impl".formatted(scheme), ConditionalPutLogStore.class.getName());
    }
    // Overrides a cluster's default: in another time zone a sale near midnight has another date.
    conf.set(TIME_ZONE, "UTC");
    settings.options().forEach(conf::setIfMissing);
    conf.set(OLD_VERSIONS_REFUSED, "false");
    String master = conf.get("spark.master");
    SparkSizes.of(master, Runtime.getRuntime().availableProcessors()).forEach(conf::setIfMissing);
    conf.setIfMissing(REDACTED, HIDDEN);
    if (SparkSizes.isLocal(master)) {
      // In local mode a task that runs out of memory would end this process with Spark's exit code
      // 52. With depth 0 only its job fails, with a message that says why.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      FolderFileSystem.use(conf);
    }
    return conf;
  }
}
