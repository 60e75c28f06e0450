package dev.superpose.checkpoint;

import dev.superpose.checkpoint.PickleValue.Opaque;
import dev.superpose.checkpoint.PickleValue.Storage;
import dev.superpose.checkpoint.PickleValue.Table;
import dev.superpose.checkpoint.PickleValue.View;
import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The model's tensors in what `torch.save` wrote: in the dict itself, or under one of the names
/// that training scripts use. Whatever else is there (the state of an optimiser, arguments,
/// counters) is passed over.
///
/// @param tensors by name, in the order of the file
/// @param opaque the values that may be tensors but cannot be read, with what they are
record StateDict(Map<String, Placed> tensors, Map<String, String> opaque) {
    static final int MOST_DIMENSIONS = 32;
    private static final int DEEPEST = 4;
    private static final int KEYS_SHOWN = 8;
    private static final List<String> WRAPPERS =
            List.of("state_dict", "model_state_dict", "model", "module", "net", "network", "weights", "params");

    /// What parallel and compiled training put before every name.
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

    private static final String REMEDY = "save model.state_dict() with torch.save, or as safetensors";

    /// A tensor that has been checked against the file.
    ///
    /// @param strides the step of each dimension, in numbers
    record Placed(TensorInfo info, List<Long> strides) {
        /// Whether its numbers lie one after the other, the last dimension fastest.
        boolean rowMajor() {
            long step = 1;
            for (int i = strides.size() - 1; i >= 0; i--) {
                long size = info.shape().get(i);
                if (size != 1 && strides.get(i) != step) {
                    return false;
                }
                step *= size;
            }
            return true;
        }
    }

    /// Finds the state dict in `root`, the value of the pickle `entry`.
    ///
    /// @param folder the archive's top folder, which the storages lie in
    static StateDict find(Path file, String entry, PickleValue root, ZipDirectory zip, String folder)
            throws InputException {
        Map<String, PickleValue> found = locate(root, DEEPEST)
                .orElseThrow(() ->
                        new InputException(file, entry, "a dict of tensors (a state dict)", describe(root), REMEDY));
        String prefix = commonPrefix(found);
        Map<String, Placed> tensors = new LinkedHashMap<>();
        Map<String, String> opaque = new LinkedHashMap<>();
        for (var item : found.entrySet()) {
            String name = item.getKey().substring(prefix.length());
            if (item.getValue() instanceof View view) {
                tensors.put(name, place(file, name, view, zip, folder));
            } else if (item.getValue() instanceof Opaque(String what)) {
                opaque.put(name, what);
            }
        }
        return new StateDict(tensors, opaque);
    }

    private static Optional<Map<String, PickleValue>> locate(PickleValue value, int depth) {
        if (depth == 0 || !(value instanceof Table(Map<String, PickleValue> table))) {
            return Optional.empty();
        }
        for (String name : WRAPPERS) {
            PickleValue inner = table.get(name);
            Optional<Map<String, PickleValue>> found = inner == null ? Optional.empty() : locate(inner, depth - 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return table.values().stream().anyMatch(View.class::isInstance) ? Optional.of(table) : Optional.empty();
    }

    private static String describe(PickleValue root) {
        return switch (root) {
            case Table(Map<String, PickleValue> table) ->
                table.isEmpty()
                        ? "an empty dict"
                        : table.keySet().stream()
                                .limit(KEYS_SHOWN)
                                .collect(Collectors.joining("', '", "a dict without tensors, of '", "'"));
            case Opaque(String what) -> "a whole object, made by " + what;
            case View _ -> "one tensor without a name";
            default -> "neither dict nor tensor";
        };
    }

    private static String commonPrefix(Map<String, PickleValue> found) {
        String prefix = "";
        for (int depth = 0; depth < DEEPEST; depth++) {
            for (String next : PREFIXES) {
                String tried = prefix + next;
                if (found.keySet().stream().allMatch(name -> name.startsWith(tried))) {
                    prefix = tried;
                }
            }
        }
        return prefix;
    }

    private static Placed place(Path file, String name, View view, ZipDirectory zip, String folder)
            throws InputException {
        Storage storage = view.storage();
        String entry = folder + "data/" + storage.key();
        ZipDirectory.Span span = zip.find(entry);
        int size = storage.dtype().bits() / 8;
        if (storage.count() < 0 || storage.count() > span.bytes() / size || storage.count() * size != span.bytes()) {
            throw new InputException(
                    file,
                    "entry '%s'".formatted(entry),
                    "%,d numbers of %s, as the storage of tensor '%s'"
                            .formatted(storage.count(), storage.dtype(), name),
                    "%,d bytes".formatted(span.bytes()),
                    "the file is damaged; fetch or save it again");
        }
        long available = span.bytes() / (view.dtype().bits() / 8);
        long count = count(view, available);
        if (count < 0) {
            throw new InputException(
                    file,
                    "tensor '%s'".formatted(name),
                    "an offset, shape and strides within the %,d numbers of its storage".formatted(available),
                    "offset %d, shape %s, strides %s".formatted(view.offset(), view.shape(), view.strides()),
                    "the file is damaged, or the tensor repeats its numbers: save tensor.contiguous()");
        }
        long width = view.dtype().bits() / 8;
        var info =
                new TensorInfo(name, view.dtype(), view.shape(), span.offset() + view.offset() * width, count * width);
        return new Placed(info, view.strides());
    }

    /// How many numbers the view has, or -1 if any of them lies outside its storage of
    /// `available`, or if they are more than that: then some are repeated, and reading them could
    /// take for ever.
    private static long count(View view, long available) {
        List<Long> shape = view.shape();
        List<Long> strides = view.strides();
        if (shape.size() != strides.size() || view.offset() < 0 || view.offset() > available) {
            return -1;
        }
        try {
            long count = 1;
            long last = view.offset();
            for (int i = 0; i < shape.size(); i++) {
                if (shape.get(i) < 0 || strides.get(i) < 0) {
                    return -1;
                }
                count = Math.multiplyExact(count, (long) shape.get(i));
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.get(i) - 1), (long) strides.get(i)));
            }
            boolean inside = count <= available && last < available;
            return (count == 0 || inside) ? count : -1;
        } catch (ArithmeticException _) {
            return -1;
        }
    }
}
