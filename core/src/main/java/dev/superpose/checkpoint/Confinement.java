package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Keeps what a model's folder names inside that folder: a link in it, or a name in one of its
/// files, may not lead to another place of the disk. A downloaded model is a folder of links into
/// `models--<name>/blobs`; there, that whole folder counts as the model ([HubCache]).
///
/// Only what is found by way of the folder is confined. A link that a person names is followed.
final class Confinement {
    private Confinement() {}

    /// The file of that name in `folder`, if there is one.
    ///
    /// @throws InputException if it is a link that leads out of the model, or nowhere
    static Optional<Path> find(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            if (Files.isSymbolicLink(file)) {
                throw dangling(file);
            }
            return Optional.empty();
        }
        require(folder, file);
        return Optional.of(file);
    }

    /// Refuses `file`, which is there, if it lies outside the model in `folder`.
    static void require(Path folder, Path file) throws IOException {
        Path inside = folder.toAbsolutePath().toRealPath();
        Path target = file.toRealPath();
        Path model = HubCache.modelAround(inside).orElse(inside);
        if (!target.startsWith(model)) {
            throw new InputException(
                    file,
                    "",
                    "a file inside the model's folder",
                    "a link to " + target,
                    "if you trust it, put the file itself in its place");
        }
    }

    /// What to say of a link whose target is not there.
    static InputException dangling(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        boolean downloading = HubCache.unfinished(link.resolveSibling("")) > 0;
        return new InputException(
                link,
                "",
                "a file",
                "a link to %s, which is not there".formatted(target),
                downloading ? HubCache.RESUME : "fetch it again");
    }
}
