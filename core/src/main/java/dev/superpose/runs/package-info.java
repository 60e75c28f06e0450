/// Tables of measured runs: what their columns mean, units checked, points that should not be
/// fitted told.
///
/// `file → TextTable → RunSelection → SelectedRuns`, whose `Runs` a law is fitted to. Knows no law.
@NullMarked
package dev.superpose.runs;

import org.jspecify.annotations.NullMarked;
