/// Numbers without science: float matrices, BLAS, streamed row blocks, named seeds.
///
/// `RowBlocks → Blas → sums`. Knows no model, file or law.
@NullMarked
package dev.superpose.numeric;

import org.jspecify.annotations.NullMarked;
