package com.posmodern.ai.quality;

import com.posmodern.ai.contract.Days;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The sales lines as an earlier night judged them, and what is judged again.
 *
 * @param state of the earlier night
 * @param accepted rows of {@code features.accepted_sales}, of all days
 * @param refused rows of {@code ops.refused_sales}, of all days
 * @param again the days that changed. Lines with one key lie all on these days, or all on others
 */
public record JudgedSales(
    SalesState state, Dataset<Row> accepted, Dataset<Row> refused, Days again) {}
