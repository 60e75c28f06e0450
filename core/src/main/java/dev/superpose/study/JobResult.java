package dev.superpose.study;

import dev.superpose.geometry.RowNorms;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.toy.ToyConfig;
import dev.superpose.toy.ToyModel;

/// What one finished training left: the record a study keeps of it, and what `train --json` prints.
///
/// @param job what was trained
/// @param reading what was measured on it
/// @param seconds wall time of the training alone, over all its parts if it was resumed
/// @param provenance where the numbers came from
public record JobResult(Job job, ToyReading reading, double seconds, Provenance provenance) {

    /// A result and the weights it was measured on.
    ///
    /// @param result the measurements
    /// @param model W and b
    public record Trained(JobResult result, ToyModel model) {}

    /// The configuration that was trained.
    public ToyConfig config() {
        return job.config();
    }

    /// Training steps per second of wall time.
    public double stepsPerSecond() {
        return seconds > 0 ? config().optimiser().steps() / seconds : Double.NaN;
    }

    /// As one JSON document; `docs/formats.md` lists its keys.
    public String toJson() {
        return Json.write(new Document(
                job.id(),
                ConfigDocument.of(config()),
                reading.loss(),
                reading.representedFraction(),
                reading.strongFraction(),
                reading.overlap(),
                reading.norm(),
                reading.spectrum(),
                reading.biasMean(),
                reading.positiveFraction(),
                seconds,
                stepsPerSecond(),
                provenance));
    }

    /// The result in `json`, as [#toJson] writes it.
    ///
    /// @throws RuntimeException if it is anything else: cut short, of other keys, or of a
    ///     configuration that does not have its id
    public static JobResult fromJson(String json) {
        var document = Json.read(json, Document.class);
        var job = Job.of(document.config.config());
        if (!job.id().equals(document.id)) {
            throw new IllegalArgumentException(
                    "id %s is not that of its configuration, %s".formatted(document.id, job.id()));
        }
        return new JobResult(
                job,
                new ToyReading(
                        document.loss,
                        document.representedFraction,
                        document.strongFraction,
                        document.overlap,
                        document.norm,
                        document.spectrum,
                        document.biasMean,
                        document.positiveFraction),
                document.seconds,
                document.provenance);
    }

    /// The keys, in their order.
    private record Document(
            String id,
            ConfigDocument config,
            ToyReading.Loss loss,
            double representedFraction,
            double strongFraction,
            ToyReading.Overlap overlap,
            RowNorms norm,
            ToyReading.Spectrum spectrum,
            double biasMean,
            double positiveFraction,
            double seconds,
            double stepsPerSecond,
            Provenance provenance) {}
}
