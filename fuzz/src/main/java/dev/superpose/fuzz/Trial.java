package dev.superpose.fuzz;

import com.sun.management.ThreadMXBean;
import dev.superpose.result.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/// What every parser promises, whatever bytes it is given: it reads them, or it throws an
/// [InputException] whose message is one short line without control characters; and on the heap it
/// allocates at most `free + perByte * length` bytes for an input of `length` bytes.
///
/// That it ends at all is watched over from outside, by a limit on the time of one execution.
///
/// @param free what reading takes however short the input is, such as buffers
/// @param perByte what each byte of the input may cost
public record Trial(long free, long perByte) {
    private static final int ATTEMPTS = 4;
    private static final int LONGEST_MESSAGE = 4000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// A parser at work on an input that it already holds. It may be run more than once.
    @FunctionalInterface
    public interface Parsing {
        /// Parses, and reads what was found.
        void run() throws IOException;
    }

    /// Has an input of `length` bytes parsed.
    ///
    /// @throws AssertionError if a promise is broken; anything else that `parsing` throws is a
    /// broken promise too
    public void of(long length, Parsing parsing) throws IOException {
        long most = free + perByte * length;
        long allocated = allocated(parsing);
        for (int i = 1; i < ATTEMPTS && allocated > most; i++) {
            // What loads classes, or their instrumentation, does not come again.
            allocated = allocated(parsing);
        }
        if (allocated > most) {
            throw new AssertionError(
                    "%,d bytes of input took %,d bytes, more than %,d".formatted(length, allocated, most));
        }
    }

    private static long allocated(Parsing parsing) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            parsing.run();
        } catch (InputException e) {
            check(String.valueOf(e.getMessage()));
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void check(String message) {
        if (message.length() > LONGEST_MESSAGE) {
            throw new AssertionError("a message of %,d characters".formatted(message.length()));
        }
        if (!InputException.printable(message).equals(message)) {
            throw new AssertionError("a message that is not printable: " + message);
        }
    }
}
