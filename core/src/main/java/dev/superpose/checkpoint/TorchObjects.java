package dev.superpose.checkpoint;

import dev.superpose.checkpoint.PickleValue.Global;
import dev.superpose.checkpoint.PickleValue.Items;
import dev.superpose.checkpoint.PickleValue.Opaque;
import dev.superpose.checkpoint.PickleValue.Storage;
import dev.superpose.checkpoint.PickleValue.Table;
import dev.superpose.checkpoint.PickleValue.Text;
import dev.superpose.checkpoint.PickleValue.View;
import dev.superpose.checkpoint.PickleValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The calls in a PyTorch pickle that mean something here; all others give an [Opaque] value. None
/// is carried out: each is a name with arguments, and its meaning is written below.
final class TorchObjects {
    private static final String REBUILD_FROM_TYPE = "torch._tensor._rebuild_from_type_v2";

    private TorchObjects() {}

    /// What `function(*arguments)` stands for.
    static PickleValue call(PickleValue function, PickleValue arguments) {
        if (!(function instanceof Global(String name))) {
            return new Opaque("a call of something that is no function");
        }
        if (!(arguments instanceof Items(List<PickleValue> given))) {
            return new Opaque(name);
        }
        if (name.equals(REBUILD_FROM_TYPE)
                && given.size() >= 3
                && given.get(0) instanceof Global(String inner)
                && given.get(2) instanceof Items(List<PickleValue> rest)) {
            // (function, type, arguments, state): a tensor of a subclass, such as a parameter with attributes.
            return known(inner, rest).orElse(new Opaque(inner));
        }
        return known(name, given).orElse(new Opaque(name));
    }

    private static Optional<PickleValue> known(String function, List<PickleValue> given) {
        return switch (function) {
            case "collections.OrderedDict" ->
                given.isEmpty() ? Optional.of(new Table(new LinkedHashMap<>())) : Optional.empty();
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
                (given.size() >= 4 && given.get(0) instanceof Storage storage)
                        ? view(storage, storage.dtype(), given)
                        : Optional.empty();
            case "torch._utils._rebuild_tensor_v3" ->
                (given.size() >= 7
                                && given.get(0) instanceof Storage storage
                                && given.get(6) instanceof Global(String dtype))
                        ? dtype(dtype).flatMap(known -> view(storage, known, given))
                        : Optional.empty();
            case "torch._utils._rebuild_parameter",
                    "torch._utils._rebuild_parameter_with_state",
                    "torch.nn.parameter.Parameter" ->
                (!given.isEmpty() && (given.get(0) instanceof View || given.get(0) instanceof Opaque))
                        ? Optional.of(given.get(0))
                        : Optional.empty();
            case "torch.Size" ->
                (given.size() == 1 && given.get(0) instanceof Items) ? Optional.of(given.get(0)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<PickleValue> view(Storage storage, Dtype dtype, List<PickleValue> given) {
        Optional<List<Long>> shape = numbers(given.get(2));
        Optional<List<Long>> strides = numbers(given.get(3));
        return (given.get(1) instanceof Whole(long offset) && shape.isPresent() && strides.isPresent())
                ? Optional.of(new View(storage, dtype, offset, shape.get(), strides.get()))
                : Optional.empty();
    }

    private static Optional<List<Long>> numbers(PickleValue value) {
        if (!(value instanceof Items(List<PickleValue> items)) || items.size() > StateDict.MOST_DIMENSIONS) {
            return Optional.empty();
        }
        List<Long> numbers = new ArrayList<>(items.size());
        for (PickleValue item : items) {
            if (!(item instanceof Whole(long number))) {
                return Optional.empty();
            }
            numbers.add(number);
        }
        return Optional.of(numbers);
    }

    /// What a persistent id `('storage', type, key, location, count)` stands for.
    static PickleValue persistent(PickleValue id) {
        return (id instanceof Items(List<PickleValue> given)
                        && given.size() >= 5
                        && given.get(0) instanceof Text(String kind)
                        && kind.equals("storage")
                        && given.get(1) instanceof Global(String type)
                        && given.get(2) instanceof Text(String key)
                        && given.get(4) instanceof Whole(long count))
                ? dtype(type)
                        .<PickleValue>map(dtype -> new Storage(dtype, key, count))
                        .orElse(new Opaque(type))
                : new Opaque("a reference that is no storage");
    }

    /// The dtype of a storage class or of a `torch.dtype`, by its full name.
    private static Optional<Dtype> dtype(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "torch.FloatStorage", "torch.float32" -> Dtype.F32;
                    case "torch.DoubleStorage", "torch.float64" -> Dtype.F64;
                    case "torch.HalfStorage", "torch.float16" -> Dtype.F16;
                    case "torch.BFloat16Storage", "torch.bfloat16" -> Dtype.BF16;
                    case "torch.CharStorage", "torch.int8" -> Dtype.I8;
                    case "torch.ByteStorage", "torch.storage.UntypedStorage", "torch.uint8" -> Dtype.U8;
                    case "torch.ShortStorage", "torch.int16" -> Dtype.I16;
                    case "torch.IntStorage", "torch.int32" -> Dtype.I32;
                    case "torch.LongStorage", "torch.int64" -> Dtype.I64;
                    case "torch.BoolStorage", "torch.bool" -> Dtype.BOOL;
                    case "torch.ComplexFloatStorage", "torch.complex64" -> Dtype.C64;
                    case "torch.uint16" -> Dtype.U16;
                    case "torch.uint32" -> Dtype.U32;
                    case "torch.uint64" -> Dtype.U64;
                    case "torch.float8_e4m3fn" -> Dtype.F8_E4M3;
                    case "torch.float8_e5m2" -> Dtype.F8_E5M2;
                    case "torch.float8_e4m3fnuz" -> Dtype.F8_E4M3FNUZ;
                    case "torch.float8_e5m2fnuz" -> Dtype.F8_E5M2FNUZ;
                    case "torch.float8_e8m0fnu" -> Dtype.F8_E8M0;
                    default -> null;
                });
    }
}
