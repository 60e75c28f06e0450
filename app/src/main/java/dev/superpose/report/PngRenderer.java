package dev.superpose.report;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;

/// SVG to PNG. Needs fonts on the machine, unlike everything else in a report.
public final class PngRenderer {
    private static final List<String> PREFERRED_FONTS =
            List.of("Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "DejaVu Sans");

    private PngRenderer() {}

    /// The picture, `scale` pixels for each unit of the SVG.
    ///
    /// Throws IOException where this machine cannot draw text at all: no fonts, or a Java without its desktop part.
    public static byte[] png(String svg, double scale) throws IOException {
        if (!(scale > 0 && scale <= 16)) {
            throw new IllegalArgumentException("the scale of a picture lies between 0 and 16, is " + scale);
        }
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            return draw(svg, scale);
        } catch (LinkageError | InternalError e) {
            throw new IOException(
                    "cannot draw PNG: this machine lacks fonts, fontconfig or the desktop part of Java ("
                            + e.getMessage()
                            + "); install a font such as fonts-dejavu and fontconfig, or use the SVG files",
                    e);
        }
    }

    /// The drawing library takes the first name of a list of fonts or falls back to one with serifs, so the name of one
    /// that is there is put in its place.
    private static String installedFont() {
        Set<String> installed =
                Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames(Locale.ROOT));
        return PREFERRED_FONTS.stream().filter(installed::contains).findFirst().orElse(Font.SANS_SERIF);
    }

    private static byte[] draw(String svg, double scale) throws IOException {
        String withFont = svg.replace("font-family=\"" + Theme.FONT + "\"", "font-family=\"" + installedFont() + "\"");
        var input = new ByteArrayInputStream(withFont.getBytes(StandardCharsets.UTF_8));
        SVGDocument document =
                new SVGLoader().load(input, null, com.github.weisj.jsvg.parser.LoaderContext.createDefault());
        if (document == null) {
            throw new IllegalArgumentException("not an SVG document");
        }
        int width = (int) Math.ceil(document.size().width * scale);
        int height = (int) Math.ceil(document.size().height * scale);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            document.render(null, graphics, new ViewBox(0, 0, width, height));
        } finally {
            graphics.dispose();
        }
        var output = new ByteArrayOutputStream();
        ImageIO.write(image, "png", output);
        return output.toByteArray();
    }
}
