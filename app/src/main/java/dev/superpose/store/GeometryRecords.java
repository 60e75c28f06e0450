package dev.superpose.store;

import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.RankInterference;
import dev.superpose.result.InputException;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.result.Sha256;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// What was measured on matrices of models, one immutable record each, so that no unchanged
/// matrix is measured twice. A record's name is a hash of all that determines its content.
/// Records are written whole or not at all; two processes on one folder at worst measure the same
/// matrix both.
public final class GeometryRecords {
    /// Raise it when a measurement changes its meaning or its numbers: older records then
    /// do not count.
    private static final int METHOD = 2;

    private static final int ID = 40;

    private final Path folder;
    private final boolean fresh;
    private final Consumer<String> notes;
    private boolean refused;

    /// @param folder where the records lie; made when the first is kept
    /// @param fresh whether records of earlier runs are passed over, and written anew
    /// @param notes told of records that are not sound, in a sentence without full stop
    public GeometryRecords(Path folder, boolean fresh, Consumer<String> notes) {
        this.folder = folder;
        this.fresh = fresh;
        this.notes = notes;
    }

    /// The folder for people who name none: `superpose/inspect` in their cache folder.
    ///
    /// @param environment the variables of the process; `XDG_CACHE_HOME` names the cache folder
    public static Path folderOf(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(cache, "superpose", "inspect");
    }

    /// All that determines what is measured on a matrix, but the program.
    ///
    /// @param file that holds it, as it was when it was measured
    /// @param tensor its name there
    /// @param dtype how its numbers were read
    /// @param rows the rows of the tensor
    /// @param width m
    /// @param paddingFrom the first row taken for padding
    /// @param pairs which pairs were to be looked at
    /// @param centered whether overlaps of centred rows were to be measured
    /// @param seed of their sample
    /// @param frequencies a hash of the frequencies of the rows; empty if there were none
    public record Matrix(
            FileMark file,
            String tensor,
            String dtype,
            long rows,
            int width,
            long paddingFrom,
            String pairs,
            boolean centered,
            long seed,
            String frequencies) {}

    /// What was measured, and by which program on which machine.
    ///
    /// @param ranks interference by rank of frequency; empty if there were no frequencies
    public record Measured(GeometryReport geometry, List<RankInterference> ranks, Provenance provenance) {
        public Measured {
            ranks = List.copyOf(ranks);
        }
    }

    private record Key(int method, String version, String commit, Matrix matrix) {
        static Key of(Matrix matrix) {
            Provenance here = Provenance.here();
            return new Key(METHOD, here.version(), here.commit(), matrix);
        }

        String id() {
            return Sha256.of(Json.write(this)).substring(0, ID);
        }
    }

    /// @param check SHA-256 of what was measured, as JSON
    private record Entry(Key key, Measured measured, String check) {}

    /// @param sha256 of the whole file
    private record WholeHash(FileMark file, String sha256) {}

    /// What was measured on `matrix`; empty if nothing was, or its record is damaged.
    public Optional<Measured> find(Matrix matrix) throws IOException {
        Key key = Key.of(matrix);
        return read(geometry(key), Entry.class)
                .filter(record -> sound(geometry(key), record, key))
                .map(Entry::measured);
    }

    private boolean sound(Path file, Entry record, Key key) {
        boolean sound = record.key().equals(key) && record.check().equals(Sha256.of(Json.write(record.measured())));
        if (!sound) {
            notes.accept(file + ": not the record it should be; the matrix is measured again");
        }
        return sound;
    }

    /// Keeps what was measured on `matrix`. Where that is not possible, as on a full disk, it is
    /// told once: the measurement is worth more than its record.
    public void keep(Matrix matrix, Measured measured) {
        Key key = Key.of(matrix);
        write(geometry(key), Json.write(new Entry(key, measured, Sha256.of(Json.write(measured)))));
    }

    private void write(Path file, String document) {
        try {
            Files.createDirectories(folder);
            WholeFile.write(file, document);
        } catch (IOException failure) {
            if (!refused) {
                notes.accept("results cannot be kept for a later run: " + InputException.oneLine(failure));
            }
            refused = true;
        }
    }

    /// The SHA-256 of `file`, which is read only if this was not found out before.
    ///
    /// @param mark of the file as it is now
    public String sha256(Path file, FileMark mark) throws IOException {
        Path kept = folder.resolve(
                "file-%s.json".formatted(Sha256.of(Json.write(mark)).substring(0, ID)));
        Optional<WholeHash> known =
                read(kept, WholeHash.class).filter(hash -> hash.file().equals(mark));
        if (known.isPresent()) {
            return known.get().sha256();
        }
        String hash = Sha256.of(file);
        write(kept, Json.write(new WholeHash(mark, hash)));
        return hash;
    }

    private Path geometry(Key key) {
        return folder.resolve("matrix-%s.json".formatted(key.id()));
    }

    private <T> Optional<T> read(Path file, Class<T> type) throws IOException {
        if (fresh || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readString(file), type));
        } catch (JacksonException | IllegalArgumentException | java.nio.charset.CharacterCodingException damaged) {
            notes.accept(file + ": damaged record; its content is found out again");
            return Optional.empty();
        }
    }
}
