/// What a benchmark needs of the geometry that is not public.
@NullMarked
package dev.superpose.geometry;

import org.jspecify.annotations.NullMarked;
