/// The command line: one class per command; the only place that wires the rooms together, prints and exits.
@NullMarked
package dev.superpose.cli;

import org.jspecify.annotations.NullMarked;
