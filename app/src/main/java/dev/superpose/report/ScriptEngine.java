package dev.superpose.report;

import java.util.Optional;

/// A JavaScript engine in this process, for one thread. Its scripts reach neither files nor
/// network nor Java.
///
/// V8 draws some fifteen times as fast as GraalJS without its compiler does, but is native code,
/// which exists for some systems only. Both run the same scripts and give the same bytes.
sealed interface ScriptEngine extends AutoCloseable permits V8Engine, GraalEngine {
    /// The fastest engine there is on this machine.
    static ScriptEngine open() {
        Optional<ScriptEngine> fast = V8Engine.open();
        return fast.orElseGet(GraalEngine::new);
    }

    /// Runs a script for what it defines.
    void run(String name, String text);

    /// What the global function `function` returns for a text: a text.
    String call(String function, String argument);

    @Override
    void close();
}
