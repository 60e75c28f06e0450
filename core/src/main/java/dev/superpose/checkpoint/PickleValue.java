package dev.superpose.checkpoint;

import java.util.List;
import java.util.Map;

/// What a pickle says, without any of its classes: enough of it to find tensors.
///
/// Containers can hold themselves, and one value can stand in many: nothing may walk, compare
/// or print them whole.
sealed interface PickleValue {
    /// None, a truth value, a float, bytes: nothing that a tensor is found by.
    enum Plain implements PickleValue {
        PLAIN
    }

    /// A string.
    record Text(String value) implements PickleValue {}

    /// An integer of at most 64 bits.
    record Whole(long value) implements PickleValue {}

    /// The name of a class or function, `module.name`. It stays a name: nothing is loaded.
    record Global(String name) implements PickleValue {}

    /// A tuple, list or set. A list grows while it is read.
    record Items(List<PickleValue> values) implements PickleValue {}

    /// A dict, which grows while it is read. Keys that are no strings are left out: no
    /// tensor is named by one.
    record Table(Map<String, PickleValue> values) implements PickleValue {}

    /// The numbers behind tensors: an entry of the archive.
    ///
    /// @param dtype how the numbers are stored, unless the tensor says otherwise
    /// @param key the entry's name below `data/`
    /// @param count how many numbers it declares
    record Storage(Dtype dtype, String key, long count) implements PickleValue {}

    /// A tensor as declared, not checked yet: number (i, j, ...) is at `offset +
    /// i·strides[0] + j·strides[1] + ...`.
    ///
    /// @param dtype how the numbers are stored
    /// @param offset where the tensor begins, in numbers
    /// @param shape its dimensions, slowest first
    /// @param strides the step of each dimension, in numbers
    record View(Storage storage, Dtype dtype, long offset, List<Long> shape, List<Long> strides)
            implements PickleValue {
        public View {
            shape = List.copyOf(shape);
            strides = List.copyOf(strides);
        }
    }

    /// An object of a class that is not known here, or made in a way that is not.
    ///
    /// @param what its class or function, for messages
    record Opaque(String what) implements PickleValue {}
}
