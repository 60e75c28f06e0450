/// Text files to counts of tokens, by a tokenizer that somebody else trained.
///
/// `TextFiles` finds the files, `DocumentReader` takes the documents out of them, `Passages` cuts
/// long ones where tokens end anyway, `Tokenizer` turns them into rows of a vocabulary, and
/// `TokenCounter` counts.
@NullMarked
package dev.superpose.text;

import org.jspecify.annotations.NullMarked;
