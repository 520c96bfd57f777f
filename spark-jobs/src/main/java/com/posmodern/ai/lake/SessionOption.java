package com.posmodern.ai.lake;

import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Sets a session option for a single Delta command that cannot take the option itself. */
final class SessionOption {
  private SessionOption() {}

  /** Runs the work with the option set, and restores the previous value afterwards. */
  static void during(SparkSession spark, String name, String value, Runnable work) {
    RuntimeConfig conf = spark.conf();
    Option<String> former = conf.getOption(name);
    conf.set(name, value);
    try {
      work.run();
    } finally {
      if (former.isDefined()) {
        conf.set(name, former.get());
      } else {
        conf.unset(name);
      }
    }
  }
}
