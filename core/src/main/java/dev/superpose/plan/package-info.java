/// What to train with a budget: sizes and tokens, how flat the optimum is, what it costs, and which
/// run to make next.
@NullMarked
package dev.superpose.plan;

import org.jspecify.annotations.NullMarked;
