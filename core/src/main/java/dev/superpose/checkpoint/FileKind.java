package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a file is by its first bytes. A file that is something well known, but not what was asked
/// for, is called by its name, with the way out of it.
enum FileKind {
    SAFETENSORS("a safetensors file", ""),
    TEXT("text", "word vectors go in a file that is not named .safetensors"),
    EMPTY("an empty file", "fetch it again"),
    LFS_POINTER("a Git-LFS pointer, a note that stands for the file", "run 'git lfs pull' in its repository"),
    HTML("a web page", "fetch the file itself, not the page that shows it"),
    GZIP("gzip-compressed data", "unpack it with gunzip"),
    ZIP(
            "a zip archive, such as PyTorch's .bin and .pt files",
            "if it is a file of PyTorch, give it the extension .bin, .pt or .pth"),
    PICKLE(
            "a Python pickle, such as the files that PyTorch wrote before 1.6",
            "load it and save it once with torch.save of PyTorch 1.6 or later, or as safetensors"),
    GGUF("a GGUF file", "name it .gguf"),
    NPY("a NumPy array", "name it .npy"),
    NPZ("a NumPy archive of arrays", "name it .npz"),
    LLAMA2C("a llama2.c model", "name it .bin"),
    WORD2VEC("binary word2vec vectors", "name it .bin"),
    HDF5("an HDF5 file, such as Keras's .h5", "save the model as safetensors"),
    TAR(
            "a tar archive, such as NeMo's files and those of the earliest PyTorch",
            "unpack it, or save it with torch.save"),
    COMPRESSED("data packed by bzip2, xz, zstd or 7-Zip", "unpack it"),
    UNKNOWN(
            "unknown binary data",
            "give a safetensors, PyTorch or GGUF file, a model folder, a NumPy array, or word vectors");

    /// How many bytes tell a kind.
    static final int PREFIX = 512;

    private static final int TAR_MAGIC = 257;

    /// How data packed by bzip2, xz, zstd and 7-Zip begin.
    private static final Set<String> PACKED =
            Set.of("BZh9", "\u00fd7zXZ\u0000", "(\u00b5/\u00fd", "7z\u00bc\u00af'\u001c");

    private static final Pattern WORD2VEC_HEADER = Pattern.compile("[0-9]{1,18} [0-9]{1,18}\\r?\n");

    private final String words;
    private final String remedy;

    FileKind(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /// What the file is, in words.
    String words() {
        return words;
    }

    /// Refuses what is not there or is not a regular file.
    static void requireFile(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputException(file, "", "a file", "a folder", "name a file in it");
        }
        if (!Files.exists(file)) {
            if (Files.isSymbolicLink(file)) {
                throw Confinement.dangling(file);
            }
            throw new InputException(file, "", "a file", "nothing of that name", "check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new InputException(file, "", "a regular file", "a device, pipe or socket", "");
        }
        if (!Files.isReadable(file)) {
            throw new InputException(file, "", "a readable file", "one without read permission", "");
        }
    }

    /// The kind of a regular file.
    static FileKind of(Path file) throws IOException {
        return of(prefix(file));
    }

    /// The first bytes of a file, as many as tell its kind.
    static byte[] prefix(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PREFIX);
        }
    }

    /// Refuses `file` if it is plainly something else than `wanted`.
    static void refuseUnless(Path file, FileKind wanted) throws IOException {
        FileKind kind = of(file);
        if (kind != wanted && kind != UNKNOWN) {
            throw kind.refusal(file, wanted.words);
        }
    }

    InputException refusal(Path file, String expected) {
        return new InputException(file, "byte 0", expected, words, remedy);
    }

    /// The kind of data that begin with `prefix`.
    static FileKind of(byte[] prefix) {
        String text = new String(prefix, StandardCharsets.ISO_8859_1);
        String start = text.stripLeading().toLowerCase(Locale.ROOT);
        if (prefix.length == 0) {
            return EMPTY;
        } else if (text.startsWith("version https://git-lfs")) {
            return LFS_POINTER;
        } else if (start.startsWith("<!doctype") || start.startsWith("<html") || start.startsWith("<?xml")) {
            return HTML;
        } else if (text.startsWith("\u001f\u008b")) {
            return GZIP;
        } else if (text.startsWith("PK\u0003\u0004") && holdsArray(text)) {
            return NPZ;
        } else if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
            return ZIP;
        } else if (text.startsWith("GGUF")) {
            return GGUF;
        } else if (text.startsWith("\u0093NUMPY")) {
            return NPY;
        } else if (text.startsWith("\u0089HDF\r\n")) {
            return HDF5;
        } else if (text.startsWith("ustar", TAR_MAGIC)) {
            return TAR;
        } else if (PACKED.stream().anyMatch(text::startsWith)) {
            return COMPRESSED;
        } else if (LlamaHeader.looksLike(prefix)) {
            // Before pickles: a width of 640 begins like one.
            return LLAMA2C;
        } else if (prefix.length >= 2 && prefix[0] == (byte) 0x80 && prefix[1] >= 2 && prefix[1] <= 5) {
            // A safetensors header of 0x..0280 bytes begins alike, but then a '{' stands at byte 8.
            return looksSafe(prefix) ? SAFETENSORS : PICKLE;
        } else if (looksSafe(prefix)) {
            return SAFETENSORS;
        }
        boolean printable = text.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c));
        long ascii = text.chars().filter(c -> c < 128).count();
        if (printable && ascii > prefix.length / 2) {
            return TEXT;
        }
        return WORD2VEC_HEADER.matcher(text).lookingAt() ? WORD2VEC : UNKNOWN;
    }

    /// Whether the first entry of a zip archive is named like an array (its name follows
    /// a header of 30 bytes).
    private static boolean holdsArray(String text) {
        int length = text.length() < 30 ? 0 : text.charAt(26) + 256 * text.charAt(27);
        return length <= text.length() - 30 && text.startsWith(".npy", 30 + length - 4);
    }

    /// A length below 2^32, which leaves four zero bytes, then an object.
    private static boolean looksSafe(byte[] prefix) {
        return prefix.length > 8
                && prefix[4] == 0
                && prefix[5] == 0
                && prefix[6] == 0
                && prefix[7] == 0
                && (prefix[8] == '{' || Character.isWhitespace(prefix[8]));
    }
}
