/// What comes next: forecasts with intervals calibrated by back-testing, targets, walls, equivalent
/// widths.
///
/// `Runs, Fit → BackTest → Calibration → Forecaster → Forecast`. Draws nothing and reads no file.
@NullMarked
package dev.superpose.forecast;

import org.jspecify.annotations.NullMarked;
