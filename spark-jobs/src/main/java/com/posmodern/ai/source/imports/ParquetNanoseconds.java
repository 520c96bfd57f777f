package com.posmodern.ai.source.imports;

import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Timestamps as pandas writes them, which Spark reads as whole numbers. What is finer than a
 * microsecond is cut off.
 *
 * @param isTimestamp whether the files say that their numbers are timestamps in nanoseconds
 * @param isMoment whether they are moments, not local times
 */
record ParquetNanoseconds(boolean isTimestamp, boolean isMoment) {

  static ParquetNanoseconds of(Configuration hadoop, SourceFiles files, String field) {
    ParquetNanoseconds found = null;
    for (SourceFile file : files.files()) {
      ParquetNanoseconds one = of(hadoop, file, field);
      if (found != null && !found.equals(one)) {
        throw OpenFile.broken(
            file.name(), "its column %s is another kind of number or time".formatted(field));
      }
      found = one;
    }
    return found;
  }

  private static ParquetNanoseconds of(Configuration hadoop, SourceFile file, String field) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file.path(), hadoop))) {
      for (Type type : reader.getFooter().getFileMetaData().getSchema().getFields()) {
        if (type.getName().equalsIgnoreCase(field)
            && type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
            && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS) {
          return new ParquetNanoseconds(true, time.isAdjustedToUTC());
        }
      }
      return new ParquetNanoseconds(false, false);
    } catch (IOException | RuntimeException e) {
      throw OpenFile.broken(file.name(), String.valueOf(e.getMessage()));
    }
  }

  /** A timestamp; of local times it shows in UTC what the clock did. */
  static Column micros(String column) {
    return expr("timestamp_micros((`%1$s` - pmod(`%1$s`, 1000)) div 1000)".formatted(column));
  }

  DataType type() {
    return isMoment ? DataTypes.TimestampType : DataTypes.TimestampNTZType;
  }
}
