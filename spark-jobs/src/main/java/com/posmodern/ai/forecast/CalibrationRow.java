package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.DemandClass;
import java.io.Serializable;

/**
 * One judged day of the calibration sample.
 *
 * @param fold part of the backtest that the row belongs to; see {@link Calibration}
 * @param horizon days after the origin
 */
record CalibrationRow(
    int fold,
    DemandClass demandClass,
    int horizon,
    double actual,
    double mean,
    double dispersion,
    Units units)
    implements Serializable {}
