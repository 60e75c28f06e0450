package dev.superpose.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.superpose.numeric.NativeLibraries;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Loads the native tokenizers library of Hugging Face that DJL's jar carries.
///
/// Only the jar's native interface is used, and the library is unpacked here: the classes above
/// it look for graphics cards, fetch what they miss and report their use over the network.
// Native access is the purpose of this class; the launcher and the test runner grant it.
@SuppressWarnings("restricted")
final class TokenizerLibrary {
    private static final String VERSION = "tokenizers-0.38.0";
    private static final String REMEDY = "count on another system, and give the counts with --frequencies";

    private static boolean loaded;

    private TokenizerLibrary() {}

    /// The library, loaded.
    ///
    /// @throws InputException if it is not there for this system or does not load
    static synchronized TokenizersLibrary load() throws InputException {
        if (!loaded) {
            String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
            var libraries = libraries(system);
            try {
                Path folder = libraries.unpack();
                for (String file : libraries.files()) {
                    System.load(folder.resolve(file).toAbsolutePath().toString());
                }
            } catch (IOException | UnsatisfiedLinkError failed) {
                var wrong = new InputException(
                        "the tokenizers library",
                        "",
                        "one that loads on " + system,
                        String.valueOf(failed.getMessage()),
                        REMEDY);
                wrong.initCause(failed);
                throw wrong;
            }
            loaded = true;
        }
        return TokenizersLibrary.LIB;
    }

    /// What the jar holds for the system called `system`: its name and its processor, as
    /// Java has them.
    static NativeLibraries libraries(String system) throws InputException {
        String name = system.toLowerCase(Locale.ROOT);
        boolean arm = name.endsWith("aarch64");
        boolean intel = name.endsWith("amd64") || name.endsWith("x86_64");
        if (name.startsWith("linux") && (arm || intel)) {
            return libraries(arm ? "linux-aarch64" : "linux-x86_64", List.of("libtokenizers.so"));
        }
        if (name.startsWith("mac") && arm) {
            return libraries("osx-aarch64", List.of("libtokenizers.dylib"));
        }
        if (name.startsWith("windows") && intel) {
            return libraries(
                    "win-x86_64",
                    List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", "tokenizers.dll"));
        }
        throw new InputException(
                "the tokenizers library",
                "",
                "Linux on x86-64 or aarch64, macOS on aarch64, or Windows on x86-64",
                system,
                REMEDY);
    }

    private static NativeLibraries libraries(String platform, List<String> files) {
        return new NativeLibraries(VERSION + "-" + platform, "/native/lib/" + platform + "/cpu/", files);
    }
}
