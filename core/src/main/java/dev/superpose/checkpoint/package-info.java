/// Files of real models to tensors to row blocks. Trusts no byte.
@NullMarked
package dev.superpose.checkpoint;

import org.jspecify.annotations.NullMarked;
