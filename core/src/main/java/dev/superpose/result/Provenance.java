package dev.superpose.result;

import dev.superpose.numeric.Blas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where a number came from: enough to make it again, and to tell why it might differ on another
/// machine.
///
/// @param version of Superpose
/// @param commit the sources it was built from, or `unknown`
/// @param jdk the Java runtime
/// @param os name, version and architecture of the operating system
/// @param cpu the processor's own name, or the architecture where the system does not tell it
/// @param cores how many processors the runtime could use
/// @param blas which implementation multiplied matrices; the last bits depend on it
/// @param seed what the randomness started from, null if there was none
/// @param inputs the files read, by the name the person gave, with the SHA-256 of their bytes in
///     hexadecimal
public record Provenance(
        String version,
        String commit,
        String jdk,
        String os,
        String cpu,
        int cores,
        String blas,
        @Nullable Long seed,
        Map<String, String> inputs) {

    /// The version of this program.
    public static final String VERSION = "0.1.0";

    public Provenance {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    /// This program on this machine, with no seed and no inputs yet.
    public static Provenance here() {
        return Machine.HERE;
    }

    /// The same with a seed.
    public Provenance withSeed(long value) {
        return new Provenance(version, commit, jdk, os, cpu, cores, blas, value, inputs);
    }

    /// The same with one more input whose SHA-256 is known.
    public Provenance withInput(String name, String sha256) {
        var more = new TreeMap<>(inputs);
        more.put(name, sha256);
        return new Provenance(version, commit, jdk, os, cpu, cores, blas, seed, more);
    }

    /// The same with one more input file, whose bytes are read for their SHA-256.
    public Provenance withInput(Path file) throws IOException {
        return withInput(file.toString(), Sha256.of(file));
    }

    /// Found out once, on first use.
    private static final class Machine {
        static final Provenance HERE = new Provenance(
                VERSION,
                System.getProperty("superpose.commit", "unknown"),
                System.getProperty("java.vm.name", "JVM") + " " + Runtime.version(),
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                cpuName(),
                Runtime.getRuntime().availableProcessors(),
                Blas.fastest().name(),
                null,
                Map.of());

        private static String cpuName() {
            var cpuinfo = Path.of("/proc/cpuinfo");
            String fallback = System.getProperty("os.arch", "unknown");
            if (!Files.isReadable(cpuinfo)) {
                return fallback;
            }
            try (var lines = Files.lines(cpuinfo, StandardCharsets.ISO_8859_1)) {
                return lines.filter(line -> line.startsWith("model name") && line.contains(":"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(fallback);
            } catch (IOException _) {
                // The processor's name is a courtesy; no measurement should fail for the lack of it.
                return fallback;
            }
        }
    }
}
