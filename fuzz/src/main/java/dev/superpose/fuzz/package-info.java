/// What fuzz tests share: the promises that parsers are held to, and where their input lies.
@NullMarked
package dev.superpose.fuzz;

import org.jspecify.annotations.NullMarked;
