package dev.superpose.study;

import dev.superpose.result.InputException;
import dev.superpose.result.WholeFile;
import dev.superpose.toy.Snapshot;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Where a long training stands: on disk the seconds as a big-endian double, then the snapshot.
///
/// @param snapshot its state
/// @param seconds wall time spent on it so far
record Checkpoint(Snapshot snapshot, double seconds) {

    /// Writes it whole.
    void write(Path file) throws IOException {
        WholeFile.write(file, out -> {
            var data = new DataOutputStream(out);
            data.writeDouble(seconds);
            data.flush();
            snapshot.write(out);
        });
    }

    /// The checkpoint in `file`, if it is there and sound.
    ///
    /// @param damaged is told of one that is not, in one line
    static Optional<Checkpoint> read(Path file, Consumer<String> damaged) {
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            double seconds = new DataInputStream(in).readDouble();
            return Optional.of(new Checkpoint(Snapshot.read(in), seconds));
        } catch (NoSuchFileException _) {
            // Nothing was kept.
            return Optional.empty();
        } catch (IOException | RuntimeException unsound) {
            String reason = unsound.getMessage() == null ? "it ends too early" : unsound.getMessage();
            damaged.accept(InputException.printable(
                    "%s: not a sound checkpoint (%s); the training starts again".formatted(file, reason)));
            return Optional.empty();
        }
    }
}
