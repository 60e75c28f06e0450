/// Tables of measured runs: what their columns mean, units checked, points that should not be fitted told.
///
/// `table of text → Runs`. Knows no law.
@NullMarked
package dev.superpose.runs;

import org.jspecify.annotations.NullMarked;
