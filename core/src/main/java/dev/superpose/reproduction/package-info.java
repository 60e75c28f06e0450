/// The published study held against trainings of our own: for every figure and number an [Item]
/// with ours, the published one, the rule they are compared by, and a [Verdict].
///
/// `records → Evidence → the items of each PaperFigure → Findings`. Says what is seen, also
/// where the paper's words go further than its own data.
@NullMarked
package dev.superpose.reproduction;

import org.jspecify.annotations.NullMarked;
