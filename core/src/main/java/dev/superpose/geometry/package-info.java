/// What rows look like: norms, overlaps, spectrum.
@NullMarked
package dev.superpose.geometry;

import org.jspecify.annotations.NullMarked;
