package dev.superpose.checkpoint;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Scratch;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class ShardsFuzzTest {
    private static final Trial TRIAL = new Trial(4 << 20, 200);
    private static final Scratch SCRATCH = new Scratch();

    /// Beside the index lie `a.safetensors`, which holds `x`, and `b.safetensors`, which holds `y`.
    @FuzzTest
    void indexesAreReadOrRefused(byte[] json) throws IOException {
        SCRATCH.write("a.safetensors", shard("x"));
        SCRATCH.write("b.safetensors", shard("y"));
        Path index = SCRATCH.write("model.safetensors.index.json", json);
        TRIAL.of(json.length, () -> {
            try (Shards shards = Shards.open(index, Shards.Part.SAFETENSORS)) {
                for (String name : shards.names()) {
                    Values.read(shards.holding(name).rows(name));
                }
            }
        });
    }

    private static byte[] shard(String tensor) {
        byte[] header = "{\"%s\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}"
                .formatted(tensor)
                .getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + header.length + Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }
}
