/// Figures as Vega-Lite specifications, HTML pages that carry them, SVG and PNG.
@NullMarked
package dev.superpose.report;

import org.jspecify.annotations.NullMarked;
