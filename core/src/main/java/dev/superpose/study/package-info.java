/// A declared experiment: jobs in, measurements out; runs them here.
@NullMarked
package dev.superpose.study;

import org.jspecify.annotations.NullMarked;
