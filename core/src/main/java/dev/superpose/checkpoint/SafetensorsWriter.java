package dev.superpose.checkpoint;

import dev.superpose.numeric.FloatMatrix;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// Collects named float32 tensors and writes them as one safetensors file. The same tensors give the same bytes,
/// whatever the order in which they came, and those that the reference implementation gives for them.
public final class SafetensorsWriter {
    private record Tensor(List<Integer> shape, FloatMatrix numbers) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final int BUFFER_BYTES = 1 << 16;

    private final Map<String, Tensor> tensors = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();

    /// Adds a matrix, shape (rows, columns). Not copied: it must not change before [#write].
    public SafetensorsWriter add(String name, FloatMatrix matrix) {
        return add(name, new Tensor(List.of(matrix.rows(), matrix.columns()), matrix));
    }

    /// Adds a vector, shape (length). Not copied: it must not change before [#write].
    public SafetensorsWriter add(String name, float[] vector) {
        return add(name, new Tensor(List.of(vector.length), new FloatMatrix(1, vector.length, vector)));
    }

    private SafetensorsWriter add(String name, Tensor tensor) {
        if (name.equals(Safetensors.METADATA)) {
            throw new IllegalArgumentException("a tensor cannot be named " + name);
        }
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("there are two tensors named " + name);
        }
        return this;
    }

    /// Adds a string to the file's metadata.
    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /// Writes the file. It appears whole or not at all.
    public void write(Path file) throws IOException {
        WholeFile.write(file, this::write);
    }

    private void write(OutputStream out) throws IOException {
        byte[] header = header();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(buffer.putLong(0, header.length).array(), 0, Long.BYTES);
        out.write(header);
        int step = BUFFER_BYTES / Float.BYTES;
        for (Tensor tensor : tensors.values()) {
            float[] data = tensor.numbers().data();
            for (int done = 0; done < data.length; done += step) {
                int count = Math.min(step, data.length - done);
                buffer.asFloatBuffer().put(data, done, count);
                out.write(buffer.array(), 0, count * Float.BYTES);
            }
        }
    }

    /// The header as JSON, filled up with blanks so that the data begins at a multiple of 8.
    private byte[] header() {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(Safetensors.METADATA, metadata);
        }
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = begin + (long) Float.BYTES * tensor.numbers().data().length;
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("dtype", Dtype.F32.name());
            description.put("shape", tensor.shape());
            description.put("data_offsets", List.of(begin, end));
            header.put(entry.getKey(), description);
            begin = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padded = Math.ceilDiv(json.length, Long.BYTES) * Long.BYTES;
        byte[] bytes = Arrays.copyOf(json, padded);
        Arrays.fill(bytes, json.length, padded, (byte) ' ');
        return bytes;
    }
}
