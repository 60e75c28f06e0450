package dev.superpose.numeric;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// OpenBLAS by the foreign function interface. Heap arrays are passed without a copy
/// (`critical`), which holds back the garbage collector for the length of a call: products here
/// take milliseconds.
// Native access is the purpose of this class; the launcher and the test runner grant it.
@SuppressWarnings("restricted")
final class OpenBlas implements Blas {
    private static final NativeLibraries LIBRARIES = new NativeLibraries(
            "openblas-0.3.31-1.5.13",
            "/org/bytedeco/openblas/linux-x86_64/",
            List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"));

    // Constants of cblas.h.
    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANS = 111;
    private static final int TRANS = 112;
    private static final int LOWER = 122;
    // Constants of lapacke.h. The lower triangle by rows is the upper one by columns.
    private static final int COLUMN_MAJOR = 102;
    private static final byte UPPER = 'U';
    // Work space per row, for reflections applied 64 at a time.
    private static final int WORK = 64;

    private final MethodHandle sgemm;
    private final MethodHandle ssyrk;
    private final MethodHandle dsyrk;
    private final MethodHandle dgemm;
    private final MethodHandle dsytrd;
    private final String name;

    private OpenBlas(SymbolLookup library) {
        sgemm = bind(
                library,
                "cblas_sgemm",
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT);
        ssyrk = bind(
                library,
                "cblas_ssyrk",
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT,
                JAVA_FLOAT,
                ADDRESS,
                JAVA_INT);
        dsyrk = bind(
                library,
                "cblas_dsyrk",
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT);
        dgemm = bind(
                library,
                "cblas_dgemm",
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT,
                ADDRESS,
                JAVA_INT,
                JAVA_DOUBLE,
                ADDRESS,
                JAVA_INT);
        // Not critical: it takes seconds, in which the garbage collector must not wait.
        dsytrd = Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow("LAPACKE_dsytrd_work"),
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_BYTE, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS,
                                ADDRESS, JAVA_INT));
        name = configure(library);
    }

    /// Loads the library that the OpenBLAS jar on the class path carries for this platform.
    ///
    /// @throws IOException if there is none or it cannot be unpacked
    static OpenBlas load() throws IOException {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.toLowerCase(Locale.ROOT).equals("linux amd64")) {
            throw new IOException("the OpenBLAS on board is for Linux amd64, this is " + platform);
        }
        Path folder = LIBRARIES.unpack();
        SymbolLookup library = null;
        // In the order in which they need each other.
        for (String file : LIBRARIES.files()) {
            library = SymbolLookup.libraryLookup(folder.resolve(file), Arena.global());
        }
        if (library == null) {
            throw new IOException("no native library is listed");
        }
        return new OpenBlas(library);
    }

    private static MethodHandle bind(SymbolLookup library, String symbol, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        library.findOrThrow(symbol),
                        FunctionDescriptor.ofVoid(arguments),
                        Linker.Option.critical(true));
    }

    /// Keeps the library to the calling thread, and asks what it is.
    private static String configure(SymbolLookup library) {
        Linker linker = Linker.nativeLinker();
        try {
            linker.downcallHandle(library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT))
                    .invokeExact(1);
            var text = FunctionDescriptor.of(ADDRESS);
            var config = (MemorySegment) linker.downcallHandle(library.findOrThrow("openblas_get_config"), text)
                    .invokeExact();
            var core = (MemorySegment) linker.downcallHandle(library.findOrThrow("openblas_get_corename"), text)
                    .invokeExact();
            String version = config.reinterpret(512).getString(0);
            return version.replaceAll("^(OpenBLAS [0-9.]+).*", "$1")
                    + " ("
                    + core.reinterpret(128).getString(0)
                    + ")";
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void sgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            float alpha,
            float[] a,
            int aFrom,
            int lda,
            float[] b,
            int bFrom,
            int ldb,
            float beta,
            float[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transA ? k : m, transA ? m : k, lda);
        Blas.check("B", b.length, bFrom, transB ? n : k, transB ? k : n, ldb);
        Blas.check("C", c.length, cFrom, m, n, ldc);
        try {
            sgemm.invokeExact(
                    ROW_MAJOR,
                    transA ? TRANS : NO_TRANS,
                    transB ? TRANS : NO_TRANS,
                    m,
                    n,
                    k,
                    alpha,
                    from(a, aFrom),
                    lda,
                    from(b, bFrom),
                    ldb,
                    beta,
                    from(c, cFrom),
                    ldc);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void ssyrkLower(
            boolean transposed,
            int n,
            int k,
            float alpha,
            float[] a,
            int aFrom,
            int lda,
            float beta,
            float[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transposed ? k : n, transposed ? n : k, lda);
        Blas.check("C", c.length, cFrom, n, n, ldc);
        try {
            ssyrk.invokeExact(
                    ROW_MAJOR,
                    LOWER,
                    transposed ? TRANS : NO_TRANS,
                    n,
                    k,
                    alpha,
                    from(a, aFrom),
                    lda,
                    beta,
                    from(c, cFrom),
                    ldc);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void dsyrkLower(
            boolean transposed,
            int n,
            int k,
            double alpha,
            double[] a,
            int aFrom,
            int lda,
            double beta,
            double[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transposed ? k : n, transposed ? n : k, lda);
        Blas.check("C", c.length, cFrom, n, n, ldc);
        try {
            dsyrk.invokeExact(
                    ROW_MAJOR,
                    LOWER,
                    transposed ? TRANS : NO_TRANS,
                    n,
                    k,
                    alpha,
                    from(a, aFrom),
                    lda,
                    beta,
                    from(c, cFrom),
                    ldc);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void dgemm(
            boolean transA,
            boolean transB,
            int m,
            int n,
            int k,
            double alpha,
            double[] a,
            int aFrom,
            int lda,
            double[] b,
            int bFrom,
            int ldb,
            double beta,
            double[] c,
            int cFrom,
            int ldc) {
        Blas.check("A", a.length, aFrom, transA ? k : m, transA ? m : k, lda);
        Blas.check("B", b.length, bFrom, transB ? n : k, transB ? k : n, ldb);
        Blas.check("C", c.length, cFrom, m, n, ldc);
        try {
            dgemm.invokeExact(
                    ROW_MAJOR,
                    transA ? TRANS : NO_TRANS,
                    transB ? TRANS : NO_TRANS,
                    m,
                    n,
                    k,
                    alpha,
                    from(a, aFrom),
                    lda,
                    from(b, bFrom),
                    ldb,
                    beta,
                    from(c, cFrom),
                    ldc);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public boolean tridiagonal(int n, Consumer<MemorySegment> lower, double[] diagonal, double[] coupling) {
        if (diagonal.length < n || coupling.length < n - 1) {
            throw new IllegalArgumentException("order %d needs %d and %d numbers, has room for %d and %d"
                    .formatted(n, n, n - 1, diagonal.length, coupling.length));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = arena.allocate(JAVA_DOUBLE, (long) n * n);
            lower.accept(a);
            MemorySegment d = arena.allocate(JAVA_DOUBLE, n);
            MemorySegment e = arena.allocate(JAVA_DOUBLE, n);
            MemorySegment tau = arena.allocate(JAVA_DOUBLE, n);
            int length = Math.multiplyExact(WORK, n);
            MemorySegment work = arena.allocate(JAVA_DOUBLE, length);
            int info = (int) dsytrd.invokeExact(COLUMN_MAJOR, UPPER, n, a, Math.max(n, 1), d, e, tau, work, length);
            if (info != 0) {
                throw new IllegalStateException("LAPACK refuses argument " + -info + " of dsytrd");
            }
            MemorySegment.copy(d, JAVA_DOUBLE, 0, diagonal, 0, n);
            MemorySegment.copy(e, JAVA_DOUBLE, 0, coupling, 0, n - 1);
            return true;
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public String name() {
        return name;
    }

    private static MemorySegment from(float[] array, int from) {
        return MemorySegment.ofArray(array).asSlice(from * 4L);
    }

    private static MemorySegment from(double[] array, int from) {
        return MemorySegment.ofArray(array).asSlice(from * 8L);
    }

    private static RuntimeException rethrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException usual ? usual : new IllegalStateException(failure);
    }
}
