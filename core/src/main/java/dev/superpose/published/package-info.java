/// What was published about superposition and scaling, as data: the values of the figures and the
/// statements of arXiv 2505.10465, each with how well it was read and, where there is one, its
/// published standard error. `resources/.../SOURCES.md` tells file by file where they come from.
@NullMarked
package dev.superpose.published;

import org.jspecify.annotations.NullMarked;
