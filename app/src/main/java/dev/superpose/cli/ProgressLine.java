package dev.superpose.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

/// Tells on standard error how far a long piece of work is: on a terminal one line that is written
/// over, elsewhere a line every ten seconds. Short work shows nothing.
final class ProgressLine {
    private static final long FIRST_AFTER = 1_000_000_000L;
    private static final long ON_A_TERMINAL = 200_000_000L;
    private static final long ELSEWHERE = 10_000_000_000L;
    private static final String CLEAR = "\r\033[K";

    private final PrintWriter err;
    private final boolean terminal;

    private long next;
    private boolean shown;

    ProgressLine(PrintWriter err) {
        this.err = err;
        this.terminal = isTerminal();
        this.next = System.nanoTime() + (terminal ? FIRST_AFTER : ELSEWHERE);
    }

    // It is null where the input or output is redirected, unless -Djdk.console says otherwise.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Shows that `share`, 0 to 1, of the work called `label` is done; NaN where it is not known.
    void show(String label, double share) {
        long now = System.nanoTime();
        if (now < next) {
            return;
        }
        next = now + (terminal ? ON_A_TERMINAL : ELSEWHERE);
        String line = Double.isNaN(share) ? label : String.format(Locale.ROOT, "%s: %.0f %%", label, 100 * share);
        if (terminal) {
            err.print(CLEAR + line);
        } else {
            err.println("superpose: " + line);
        }
        err.flush();
        shown = terminal;
    }

    /// Takes the line away.
    void clear() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }
}
