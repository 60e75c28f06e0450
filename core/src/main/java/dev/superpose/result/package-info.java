/// The words that all rooms share: where a number came from, tables, and what to say of bad input.
@NullMarked
package dev.superpose.result;

import org.jspecify.annotations.NullMarked;
