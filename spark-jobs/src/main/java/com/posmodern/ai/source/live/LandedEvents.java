package com.posmodern.ai.source.live;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.config.LiveSettings.Afterwards;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Opens the stream of events: {@link #VALUE}, the text of one event; {@link #ARRIVED_AT}, when it
 * landed; {@link #PLACE}, in which file or partition. All three are the same when a batch is read
 * again, so that it is judged in the same way.
 */
public final class LandedEvents {
  public static final String VALUE = "value";
  public static final String ARRIVED_AT = "arrived_at";
  public static final String PLACE = "place";

  /** Spark forgets which files it has read when they are so much older than the newest one. */
  private static final String REMEMBERED = "30d";

  private static final long MIB = 1024L * 1024;

  private LandedEvents() {}

  /**
   * The stream.
   *
   * @param folder where files land, at any depth, as Firehose makes folders by the hour; names that
   *     begin with a dot or an underscore are left alone, {@code .gz} is unpacked
   */
  public static Dataset<Row> open(SparkSession spark, LiveSettings settings, String folder) {
    return switch (settings.source()) {
      case FILES -> files(spark, settings.files(), folder);
      case KAFKA -> kafka(spark, settings.kafka());
    };
  }

  private static Dataset<Row> files(
      SparkSession spark, LiveSettings.Files settings, String folder) {
    return spark
        .readStream()
        .format("text")
        .option("recursiveFileLookup", true)
        .option("maxBytesPerTrigger", settings.mostMib() * MIB)
        .option("maxFileAge", REMEMBERED)
        .option("cleanSource", settings.afterwards() == Afterwards.DELETE ? "delete" : "off")
        .load(folder)
        .select(
            col(VALUE),
            col("_metadata.file_modification_time").as(ARRIVED_AT),
            col("_metadata.file_name").as(PLACE));
  }

  /** Records of one key keep their order, as they have one partition. */
  private static Dataset<Row> kafka(SparkSession spark, LiveSettings.Kafka settings) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", settings.servers())
        .option("subscribe", settings.topic())
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", settings.mostRecords())
        .load()
        .select(
            col(VALUE).cast("string").as(VALUE),
            col("timestamp").as(ARRIVED_AT),
            concat_ws("/", col("topic"), col("partition"), col("offset")).as(PLACE));
  }
}
