package dev.superpose.report;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/// GraalJS, which is Java and runs everywhere. Without its compiler it interprets: some five
/// seconds to load the scripts and to draw a first figure, then half a second and more for each.
final class GraalEngine implements ScriptEngine {
    private final Context context = Context.newBuilder("js")
            // Else the engine warns that it interprets.
            .option("engine.WarnInterpreterOnly", "false")
            .build();

    @Override
    public void run(String name, String text) {
        try {
            context.eval(Source.newBuilder("js", text, name).buildLiteral());
        } catch (PolyglotException failed) {
            throw new IllegalStateException("the script " + name + " failed", failed);
        }
    }

    @Override
    public String call(String function, String argument) {
        Value found = context.getBindings("js").getMember(function);
        if (found == null) {
            throw new IllegalStateException("there is no script function " + function);
        }
        try {
            return found.execute(argument).asString();
        } catch (PolyglotException failed) {
            throw new IllegalStateException("the script function " + function + " failed", failed);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
