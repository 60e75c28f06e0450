/// What theory says before anything is trained: closed forms and finite sums of the toy model of
/// superposition, and of the cross-entropy of a language model's head.
///
/// Everything is a function of probabilities p_1 .. p_n, weights W, (n, m), and biases b, (n),
/// wherever they come from: the room knows neither trainings nor studies. Weak superposition:
/// `WeakRegime` (finite sums), `PowerTail` (the integral instead). Strong superposition:
/// `OneFeatureLoss` (exact, for given weights), `StrongRegime` (closed forms), `ConjecturedTail`.
/// Random directions: `RandomOverlaps`, and `geometry.Bounds`. Density: `ActiveCounts`,
/// `DensityScaling`. A few features, by integration: `SmallModelLoss`, `SuperpositionPhase`.
/// Heads: `CrossEntropyExpansion`. Derivations: docs/derivations/theory.md.
@NullMarked
package dev.superpose.theory;

import org.jspecify.annotations.NullMarked;
