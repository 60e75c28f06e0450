package dev.superpose.report;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.interop.loader.IJavetLibLoadingListener;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import dev.superpose.numeric.NativeLibraries;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// V8 by Javet, whose native library is unpacked once into the user's cache folder.
final class V8Engine implements ScriptEngine {
    private final V8Runtime runtime;

    private V8Engine(V8Runtime runtime) {
        this.runtime = runtime;
    }

    /// An engine, or nothing where V8 does not run: no library for this system is
    /// carried, or the system refuses it.
    static Optional<ScriptEngine> open() {
        if (Library.HOST.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new V8Engine(Library.HOST.get().createV8Runtime()));
        } catch (JavetException refused) {
            Library.tell(refused);
            return Optional.empty();
        }
    }

    @Override
    public void run(String name, String text) {
        try {
            runtime.getExecutor(text).setResourceName(name).executeVoid();
        } catch (JavetException failed) {
            throw new IllegalStateException("the script " + name + " failed", failed);
        }
    }

    @Override
    public String call(String function, String argument) {
        try {
            return runtime.getGlobalObject().invokeString(function, argument);
        } catch (JavetException failed) {
            throw new IllegalStateException("the script function " + function + " failed", failed);
        }
    }

    @Override
    public void close() {
        try {
            runtime.close();
        } catch (JavetException failed) {
            throw new IllegalStateException("the script engine cannot be closed", failed);
        }
    }

    /// Loaded once per process.
    private static final class Library {
        static final Optional<V8Host> HOST = load();

        private static Optional<V8Host> load() {
            try {
                String file = new JavetLibLoader(JSRuntimeType.V8).getLibFileName();
                Path folder = new NativeLibraries("javet-" + JavetLibLoader.LIB_VERSION, "/", List.of(file)).unpack();
                JavetLibLoader.setLibLoadingListener(from(folder));
                var host = V8Host.getV8Instance();
                if (host.isLibraryLoaded()) {
                    return Optional.of(host);
                }
                tell(host.getLastException());
            } catch (IOException | JavetException | LinkageError refused) {
                tell(refused);
            }
            return Optional.empty();
        }

        private static IJavetLibLoadingListener from(Path folder) {
            return new IJavetLibLoadingListener() {
                @Override
                public File getLibPath(JSRuntimeType type) {
                    return folder.toFile();
                }

                @Override
                public boolean isDeploy(JSRuntimeType type) {
                    return false;
                }
            };
        }

        static void tell(Throwable why) {
            System.getLogger(V8Engine.class.getName())
                    .log(System.Logger.Level.DEBUG, "V8 does not run here, GraalJS draws: {0}", why);
        }
    }
}
