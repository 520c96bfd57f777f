package com.posmodern.ai.outreach;

import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;

import com.posmodern.ai.config.OutreachSettings.Mode;
import org.apache.spark.sql.Column;

/**
 * What providers are told instead of campaign and customer: 32 hexadecimal digits, the same for
 * every attempt at a message.
 */
final class Reference {
  private static final int BITS = 256;
  private static final int DIGITS = 32;

  private Reference() {}

  static Column of(Column campaign, Column customer, int step, Mode mode) {
    return substring(
        sha2(concat_ws("/", lit(mode.name()), campaign, customer, lit(step)), BITS), 1, DIGITS);
  }
}
