/// What rows look like: norms, overlaps, spectrum.
///
/// Two doors. `Packing` measures the W of a toy model, in memory, over all its pairs. `Geometry`
/// measures the rows of a real model, streamed: `RowBlocks → GramPass → LowerTriangle →
/// SymmetricEigenvalues → GeometryReport`, with `PairScan` for what no Gram matrix gives, the
/// spread of the overlaps (`PairDistribution`). `Neighbours` lists the company of one row,
/// `Dimensionality` and `Plateau` say how much of a dimension each feature has to itself,
/// `Bounds` what overlaps can be at best and are by chance. Knows neither toy models nor files.
@NullMarked
package dev.superpose.geometry;

import org.jspecify.annotations.NullMarked;
