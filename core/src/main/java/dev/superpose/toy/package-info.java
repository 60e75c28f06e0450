/// The toy model of superposition: sparse features, the model, its gradient by hand, the optimiser, the
/// training.
///
/// `ToyConfig → ToyTraining → ToyModel → TestLoss`. Source of every definition: Liu, Liu and Gore,
/// "Superposition Yields Robust Neural Scaling" (arXiv 2505.10465), and the authors' code where
/// the text is silent.
@NullMarked
package dev.superpose.toy;

import org.jspecify.annotations.NullMarked;
