package dev.superpose.bench;

import dev.superpose.toy.ToyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `bench/pytorch/dense_toy.py`, run in a process of its own.
///
/// @param python an interpreter that has torch
/// @param script the path of `dense_toy.py`
/// @param threads how many threads PyTorch may use
record PyTorchScript(Path python, Path script, int threads) {

    /// What one run tells.
    ///
    /// @param testLoss over 100 fresh batches, squared error summed over features
    /// @param stepsPerSecond without the first 20 steps
    /// @param firstHalf steps per second in the first half of the timed steps
    /// @param secondHalf steps per second in the second half
    record Run(double testLoss, double stepsPerSecond, double firstHalf, double secondHalf) {}

    /// Trains one model with `steps` steps in all, from the weights that ours starts from with the same seed.
    Run train(Setting setting, int steps, int seed) throws IOException, InterruptedException {
        Path initial = Files.createTempFile("superpose-initial", ".f32");
        try {
            Files.write(initial, bytes(setting.initial(seed)));
            return train(setting, steps, seed, initial);
        } finally {
            Files.delete(initial);
        }
    }

    private Run train(Setting setting, int steps, int seed, Path initial) throws IOException, InterruptedException {
        var command = List.of(
                python.toString(),
                script.toString(),
                "--features=" + Setting.FEATURES,
                "--width=" + setting.width(),
                "--alpha=" + setting.alpha(),
                "--decay=" + Setting.DECAY,
                "--batch=" + Setting.BATCH,
                "--steps=" + steps,
                "--warmup=" + steps / 10,
                "--seed=" + seed,
                "--initial=" + initial,
                "--threads=" + threads,
                "--test",
                "--json");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("%s ended with code %d".formatted(String.join(" ", command), code));
        }
        JsonNode result = JsonMapper.shared().readTree(output);
        return new Run(
                result.required("loss").required("test").doubleValue(),
                result.required("steps_per_second").doubleValue(),
                result.required("steps_per_second_first_half").doubleValue(),
                result.required("steps_per_second_second_half").doubleValue());
    }

    /// W row by row, then b, float32 in the byte order of this machine.
    private static byte[] bytes(ToyModel model) {
        float[] w = model.weights().data();
        float[] b = model.bias().data();
        var bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, w.length + b.length))
                .order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(w).put(b);
        return bytes.array();
    }
}
