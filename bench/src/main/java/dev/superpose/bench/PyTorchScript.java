package dev.superpose.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /// Trains one model in the setting of the small study, with `steps` steps in all.
    Run train(Setting setting, int steps, int seed) throws IOException, InterruptedException {
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
}
