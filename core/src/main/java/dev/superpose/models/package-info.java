/// What published losses and heads of language models say of the law of width, with the errors that
/// their numbers allow: the analyses behind figures 6 and 8 of arXiv 2505.10465, done again.
///
/// `LanguageModelLosses → WidthEstimate, Equality, DepthEstimate → LanguageModelStudy` for losses,
/// `HeadOverlaps` for heads, `ParameterExponent` for laws of parameters turned into laws of width.
/// Derivation: docs/derivations/language-models.md.
@NullMarked
package dev.superpose.models;

import org.jspecify.annotations.NullMarked;
