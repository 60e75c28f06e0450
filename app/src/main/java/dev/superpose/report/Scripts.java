package dev.superpose.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The scripts that draw figures, carried in the jar: in a page they run in the browser, for SVG in this process.
enum Scripts {
    VEGA("vega.min.js"),
    VEGA_LITE("vega-lite.min.js"),
    VEGA_EMBED("vega-embed.min.js"),
    /// Draws one document as SVG; for this process only.
    RENDER("render.js"),
    /// Draws the figures of a page; for the browser only.
    PAGE("page.js"),
    STYLE("page.css"),
    NOTICE("NOTICE");

    private final String file;

    Scripts(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /// The text of the script.
    String text() {
        try (InputStream in = Scripts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + file, e);
        }
    }
}
