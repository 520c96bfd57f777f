package com.posmodern.ai.source.sample;

/**
 * A line of a receipt while it is made.
 *
 * @param soldAt seconds since 1970 in UTC
 * @param thousandths quantity in thousandths of a unit
 * @param cents shelf price of a unit
 * @param discountCents discount on the whole line
 * @param promotionId null without one
 */
record SaleLine(
    long receipt,
    int lineNo,
    int store,
    int product,
    long shopper,
    long soldAt,
    long thousandths,
    long cents,
    long discountCents,
    String promotionId,
    String channel) {}
