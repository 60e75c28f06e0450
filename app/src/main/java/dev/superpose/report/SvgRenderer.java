package dev.superpose.report;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Vega-Lite documents to SVG, by the same scripts that draw the figures of a page, in a
/// JavaScript engine in this process. Text is laid out with the metrics of [TextWidth], so the
/// same document gives the same bytes on every machine. For one thread.
public final class SvgRenderer implements AutoCloseable {
    private final ScriptEngine engine;

    /// Loads the scripts into the fastest engine of this machine.
    public SvgRenderer() {
        this(ScriptEngine.open());
    }

    SvgRenderer(ScriptEngine engine) {
        this.engine = engine;
        for (Scripts script : List.of(Scripts.RENDER, Scripts.VEGA, Scripts.VEGA_LITE)) {
            engine.run(script.file(), script.text());
        }
        engine.call("superposeMeasureText", TextWidth.json());
    }

    /// The picture of a document.
    ///
    /// Throws IllegalArgumentException with the renderer's words if the document is wrong
    /// or at all doubtful.
    public String svg(ObjectNode document) {
        // Promises are kept only when a call has come back: what came of it is asked for by further ones.
        engine.call("superposeDraw", document.toString());
        String problem = engine.call("superposeProblem", "");
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("not a sound Vega-Lite document: " + problem);
        }
        return engine.call("superposePicture", "");
    }

    @Override
    public void close() {
        engine.close();
    }
}
