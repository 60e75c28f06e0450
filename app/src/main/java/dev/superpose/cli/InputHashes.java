package dev.superpose.cli;

import dev.superpose.result.Provenance;
import dev.superpose.store.FileMark;
import dev.superpose.store.GeometryRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The SHA-256 of the files that were read, each found out once, and not again in a later run.
final class InputHashes {
    private final GeometryRecords records;
    private final Map<Path, String> known = new HashMap<>();

    InputHashes(GeometryRecords records) {
        this.records = records;
    }

    /// `provenance` with one more input.
    Provenance addTo(Provenance provenance, Path file) throws IOException {
        String hash = known.get(file);
        if (hash == null) {
            hash = records.sha256(file, FileMark.of(file));
            known.put(file, hash);
        }
        return provenance.withInput(file.toString(), hash);
    }
}
