package com.posmodern.ai.lake;

import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** An option of the session for one command of Delta's that has none of its own. */
final class SessionOption {
  private SessionOption() {}

  /** Does the work while the option has the value; afterwards it is as before. */
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
