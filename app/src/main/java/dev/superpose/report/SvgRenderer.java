package dev.superpose.report;

import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import tools.jackson.databind.node.ObjectNode;

/// Vega-Lite documents to SVG, by the same scripts that draw the figures of a page, in a JavaScript engine in this
/// process. The scripts reach neither files nor network nor Java.
///
/// Opening one loads the scripts (about two seconds, 50 MB); each figure then takes a quarter of a second. Text is laid
/// out with the metrics of [TextWidth], so the same document gives the same bytes on every machine. For one thread.
public final class SvgRenderer implements AutoCloseable {
    private final Context context;
    private final Value render;

    /// Loads the engine and the scripts.
    public SvgRenderer() {
        // No compiler for scripts in this JVM: they are interpreted, which the engine would else warn of.
        context = Context.newBuilder("js").engine(Shared.ENGINE).build();
        for (Source source : Shared.SOURCES) {
            context.eval(source);
        }
        ProxyExecutable width = arguments -> TextWidth.of(arguments[0].asString(), arguments[1].asDouble());
        render = context.getBindings("js").getMember("superposeRenderer").execute(width);
    }

    /// The picture of a document.
    ///
    /// Throws IllegalArgumentException with the renderer's words if the document is wrong or at all doubtful.
    public String svg(ObjectNode document) {
        Value result = render.execute(document.toString());
        Value problems = result.getMember("problems");
        if (problems.getArraySize() > 0) {
            throw new IllegalArgumentException("not a sound Vega-Lite document: "
                    + problems.getArrayElement(0).asString());
        }
        return result.getMember("svg").asString();
    }

    @Override
    public void close() {
        context.close();
    }

    /// Parsed once per process, and only when a first renderer is opened.
    private static final class Shared {
        static final Engine ENGINE = Engine.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
        static final List<Source> SOURCES =
                List.of(source(Scripts.RENDER), source(Scripts.VEGA), source(Scripts.VEGA_LITE));

        private static Source source(Scripts script) {
            return Source.newBuilder("js", script.text(), script.file()).buildLiteral();
        }
    }
}
