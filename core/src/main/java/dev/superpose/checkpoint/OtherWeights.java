package dev.superpose.checkpoint;

import dev.superpose.result.InputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Weights that a folder may hold and that are not read here, known by the names of their files.
enum OtherWeights {
    ADAPTER(
            "adapter_(model\\.(safetensors|bin)|config\\.json)",
            "an adapter (PEFT, LoRA), which is no model by itself",
            "merge it into its base model and save that"),
    KERAS(".*\\.(h5|hdf5|keras)", "weights of Keras or TensorFlow", "save the model as safetensors"),
    TENSORFLOW(
            ".*\\.ckpt(-[0-9]+)?\\.(index|meta|data-.*)|saved_model\\.pb",
            "a checkpoint of TensorFlow",
            "convert it to safetensors"),
    FLAX(".*\\.msgpack", "weights of Flax (msgpack)", "save the model as safetensors"),
    ONNX(".*\\.onnx", "an ONNX graph", "use the model it was exported from"),
    OPENVINO("openvino_.*\\.(bin|xml)", "a model of OpenVINO", "use the model it was exported from"),
    ARCHIVE(".*\\.(tar|tar\\.gz|tgz|nemo|zip|7z|zst|xz|bz2)", "an archive", "unpack it");

    private final Pattern names;
    private final String words;
    private final String remedy;

    OtherWeights(String names, String words, String remedy) {
        this.names = Pattern.compile(names);
        this.words = words;
        this.remedy = remedy;
    }

    /// What a file of that name holds, if it is one of these.
    static Optional<OtherWeights> of(String fileName) {
        for (OtherWeights each : values()) {
            if (each.names.matcher(fileName).matches()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// Refuses a file named by itself that is one of these. What its first bytes say comes first:
    /// the kinds that no first bytes tell, and zip archives, are told by their names.
    static void refuse(Path file, FileKind kind) throws InputException {
        Optional<OtherWeights> other = of(String.valueOf(file.getFileName()));
        boolean nameless = kind == FileKind.UNKNOWN || kind == FileKind.ZIP;
        if (other.isPresent() && (nameless || other.get() == ADAPTER)) {
            throw new InputException(
                    file,
                    "",
                    "a model's weights in safetensors, PyTorch, GGUF or NumPy files",
                    other.get().words,
                    other.get().remedy);
        }
    }

    /// What it is, in words.
    String words() {
        return words;
    }

    /// What to do about it.
    String remedy() {
        return remedy;
    }
}
