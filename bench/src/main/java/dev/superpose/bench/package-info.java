/// Benchmarks: JMH for kernels, whole steps beside other programs. Each checks its results before it times them.
@NullMarked
package dev.superpose.bench;

import org.jspecify.annotations.NullMarked;
