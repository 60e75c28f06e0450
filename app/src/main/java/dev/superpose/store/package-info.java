/// Results on disk: one immutable record per finished job, tables over them.
@NullMarked
package dev.superpose.store;

import org.jspecify.annotations.NullMarked;
