package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

class SafetensorsFuzzTest {
    /// A header of nothing but `"a":{},` costs a record, its lists and a place in two
    /// maps for every few bytes.
    private static final Trial TRIAL = new Trial(4 << 20, 200);

    @FuzzTest
    void filesAreReadOrRefused(byte[] file) throws IOException {
        MemorySegment bytes = Memory.of(file);
        TRIAL.of(file.length, () -> {
            try (var model = ModelFolder.open("model", Memory.FILE.resolveSibling(""), read(bytes))) {
                Values.read(model.matrices());
            }
        });
    }

    /// The input is the JSON of the header, and as its last byte the size of the data. The length
    /// before the header is written here, since hardly any change would leave it right.
    @FuzzTest
    void headersAreReadOrRefused(byte[] input) throws IOException {
        int header = Math.max(0, input.length - 1);
        int data = input.length == 0 ? 0 : Byte.toUnsignedInt(input[header]);
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header)
                .array();
        MemorySegment bytes = Memory.of(length, Arrays.copyOf(input, header), new byte[data]);
        TRIAL.of(bytes.byteSize(), () -> read(bytes).close());
    }

    private static Safetensors read(MemorySegment bytes) throws IOException {
        var weights = Safetensors.of(Memory.FILE, Arena.ofConfined(), bytes);
        for (TensorInfo tensor : weights.tensors()) {
            boolean readable = tensor.dtype().readable();
            if (tensor.shape().size() == 1 && readable) {
                weights.vector(tensor.name());
            } else if (tensor.shape().size() == 2 && readable && tensor.shape().get(1) > 0) {
                Values.read(weights.rows(tensor.name()));
            }
        }
        return weights;
    }
}
