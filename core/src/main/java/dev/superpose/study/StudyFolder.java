package dev.superpose.study;

import dev.superpose.checkpoint.Safetensors;
import dev.superpose.checkpoint.SafetensorsWriter;
import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import dev.superpose.result.WholeFile;
import dev.superpose.study.RunListener.FailedJob;
import dev.superpose.toy.ToyModel;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The records of a study on disk. Every file appears whole or not at all, and a finished
/// training's files never change, so that several processes may work on one folder.
///
/// ```
/// jobs/ID.json          what was measured: there once the training is done, and after its weights
/// jobs/ID.safetensors   W (n, m) and b (n), float32
/// jobs/ID.checkpoint    the state of a long training under way
/// jobs/ID.failed.json   why a training failed; the next run tries again
/// ```
///
/// Several studies may keep their records in one place: what one has trained, the others find.
///
/// @param root where a study's tables and report go
/// @param jobs where the records of its trainings are, `root/jobs` unless they are shared
public record StudyFolder(Path root, Path jobs) {
    /// Whoever writes a file does so in less; older temporary files were left by a
    /// process that was killed.
    private static final Duration ABANDONED = Duration.ofMinutes(5);

    private static final String COUNTS_AS_MISSING = "counts as missing, and the next run trains it again";

    private static final Pattern RECORD = Pattern.compile("[0-9a-f]{16}\\.json");

    /// The folder of a study that shares its records with no other.
    public StudyFolder(Path root) {
        this(root, root.resolve("jobs"));
    }

    /// [#open(Path, Path)] with the records in `root/jobs`.
    public static StudyFolder open(Path root) throws IOException {
        return open(root, new StudyFolder(root).jobs);
    }

    /// Makes the folder ready: creates it where missing and removes what a killed process left
    /// half-written.
    ///
    /// @throws InputException if it cannot be a folder that can be written to
    public static StudyFolder open(Path root, Path jobs) throws IOException {
        // Both are looked at before either is made: a refusal leaves nothing behind.
        check(root, "results", "--out", true);
        check(jobs, "records of trainings", "--records", true);
        try {
            Files.createDirectories(root);
            Files.createDirectories(jobs);
        } catch (FileSystemException refused) {
            if (String.valueOf(refused.getMessage()).contains("No space left")) {
                throw refused;
            }
            throw new InputException(
                    refused.getFile(),
                    "",
                    "a folder that can be created",
                    InputException.reason(refused),
                    "choose another with --out");
        }
        var folder = new StudyFolder(root, jobs);
        folder.sweep();
        return folder;
    }

    /// The folder of a study whose records are only read: they may lie where nobody may write.
    ///
    /// @throws InputException if there is no folder of records, or `root` cannot be one that can be
    /// written to
    public static StudyFolder reading(Path root, Path jobs) throws IOException {
        if (!Files.exists(jobs)) {
            throw new InputException(
                    jobs, "", "a folder with records of trainings", "no such folder", "check the path");
        }
        check(root, "results", "--out", true);
        check(jobs, "records of trainings", "--records", false);
        Files.createDirectories(root);
        return new StudyFolder(root, jobs);
    }

    /// Fails unless `wanted` is a folder that can be read, and written to if that is wanted, or can
    /// become one.
    ///
    /// @param what it is for
    /// @param option names another
    private static void check(Path wanted, String what, String option, boolean write) throws InputException {
        Path there = wanted.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        String expected = "a folder for the " + what;
        String remedy = "choose another with " + option;
        if (!Files.isDirectory(there)) {
            String file = there.equals(wanted.toAbsolutePath()) ? "a file" : "a file: " + there;
            throw new InputException(wanted, "", expected, file, remedy);
        }
        if (!Files.isReadable(there) || !Files.isExecutable(there) || (write && !Files.isWritable(there))) {
            String place = there.equals(wanted.toAbsolutePath()) ? "" : " in " + there;
            throw new InputException(
                    wanted, "", expected, "no permission to read" + (write ? " and write" : "") + place, remedy);
        }
    }

    private void sweep() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (var files = Files.newDirectoryStream(jobs, "*.tmp")) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException _) {
                    // Its writer was alive and has just renamed it: nothing to sweep.
                }
            }
        }
    }

    /// Where the record of `job` is, or will be.
    public Path record(Job job) {
        return record(job.id());
    }

    /// Where the weights of `job` are, or will be.
    public Path weights(Job job) {
        return weights(job.id());
    }

    /// The model that a finished training left.
    ///
    /// @throws InputException if its file is damaged
    public ToyModel model(Job job) throws IOException {
        try {
            return read(weights(job));
        } catch (InputException damaged) {
            throw new InputException(damaged.finding() + "; delete that file, and the next run trains it again");
        }
    }

    private Path record(String id) {
        return jobs.resolve(id + ".json");
    }

    private Path weights(String id) {
        return jobs.resolve(id + ".safetensors");
    }

    Path checkpoint(Job job) {
        return jobs.resolve(job.id() + ".checkpoint");
    }

    Path failure(Job job) {
        return jobs.resolve(job.id() + ".failed.json");
    }

    /// The result of `job`, if it is there and sound. A record that is damaged counts as missing.
    ///
    /// @param damaged is told of a damaged record in one line
    public Optional<JobResult> find(Job job, Consumer<String> damaged) throws IOException {
        return result(job.id(), damaged);
    }

    /// Every sound result of the folder, whatever study it was made for, in the order of their ids.
    ///
    /// @param damaged is told of every damaged record in one line
    public List<JobResult> results(Consumer<String> damaged) throws IOException {
        List<String> ids;
        try (Stream<Path> files = Files.list(jobs)) {
            ids = files.map(file -> file.getFileName().toString())
                    .filter(RECORD.asMatchPredicate())
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .sorted()
                    .toList();
        }
        var results = new ArrayList<JobResult>();
        for (String id : ids) {
            result(id, damaged).ifPresent(results::add);
        }
        return List.copyOf(results);
    }

    private Optional<JobResult> result(String id, Consumer<String> damaged) throws IOException {
        Path record = record(id);
        String json;
        try {
            json = Files.readString(record);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (CharacterCodingException _) {
            damaged.accept(record + ": not a record (bytes that are no text); it " + COUNTS_AS_MISSING);
            return Optional.empty();
        } catch (IOException failed) {
            throw WholeFile.naming(record, failed);
        }
        Path weights = weights(id);
        if (!Files.isRegularFile(weights)) {
            damaged.accept(weights + ": the weights are missing; their record " + COUNTS_AS_MISSING);
            return Optional.empty();
        }
        try {
            var result = JobResult.fromJson(json);
            if (!result.job().id().equals(id)) {
                throw new IllegalArgumentException("it records " + result.job().id());
            }
            return Optional.of(result);
        } catch (RuntimeException unsound) {
            // Whatever Jackson or a constructor says of it, it is no record; what to do is the same.
            damaged.accept(InputException.printable(
                    "%s: not a sound record (%s); it %s".formatted(record, Json.reason(unsound), COUNTS_AS_MISSING)));
            return Optional.empty();
        }
    }

    /// Keeps a finished training: its weights first, then the record that vouches for them.
    void keep(JobResult.Trained trained) throws IOException {
        var job = trained.result().job();
        write(weights(job), trained.model());
        WholeFile.write(record(job), trained.result().toJson());
        Files.deleteIfExists(checkpoint(job));
        Files.deleteIfExists(failure(job));
    }

    /// Writes `model` as W (n, m) and b (n) to `file`.
    public static void write(Path file, ToyModel model) throws IOException {
        try {
            new SafetensorsWriter()
                    .add("W", model.weights())
                    .add("b", model.bias().data())
                    .write(file);
        } catch (IOException failed) {
            throw WholeFile.naming(file, failed);
        }
    }

    /// The model in `file`: the tensors W (n, m) and b (n), of any float type.
    ///
    /// @throws InputException if they are not there or do not fit each other
    public static ToyModel read(Path file) throws IOException {
        try (var tensors = Safetensors.open(file)) {
            var weights = tensors.matrix("W");
            float[] bias = tensors.vector("b");
            if (bias.length != weights.rows()) {
                throw new InputException(
                        file,
                        "tensor 'b'",
                        "as many numbers as W has rows, %,d".formatted(weights.rows()),
                        "%,d".formatted(bias.length),
                        "");
            }
            return new ToyModel(weights, new ToyModel.Bias(bias));
        }
    }

    /// Why a training failed.
    ///
    /// @param id of the job
    /// @param config what was tried
    /// @param step how many steps it took before
    /// @param reason one sentence
    private record Failure(String id, ConfigDocument config, int step, String reason) {}

    void keepFailure(FailedJob failed) throws IOException {
        var job = failed.job();
        WholeFile.write(
                failure(job),
                Json.write(new Failure(job.id(), ConfigDocument.of(job.config()), failed.step(), failed.reason())));
        Files.deleteIfExists(checkpoint(job));
    }
}
