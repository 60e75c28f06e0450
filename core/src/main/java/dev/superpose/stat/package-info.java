/// Statistics without science: streaming moments, quantiles, line fits, least squares.
@NullMarked
package dev.superpose.stat;

import org.jspecify.annotations.NullMarked;
