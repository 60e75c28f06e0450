/// Scaling laws: their forms, fits and certificates.
@NullMarked
package dev.superpose.scaling;

import org.jspecify.annotations.NullMarked;
