package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RendererTest {
    @SuppressWarnings("NullAway.Init")
    private static SvgRenderer renderer;

    @BeforeAll
    static void loadTheScripts() {
        renderer = new SvgRenderer();
    }

    @AfterAll
    static void close() {
        renderer.close();
    }

    @Test
    void aDocumentBecomesItsMarksAndAlwaysTheSameBytes() throws Exception {
        Figure figure = Samples.scatter();
        String svg = renderer.svg(figure.document());
        assertThat(renderer.svg(Samples.scatter().document())).isEqualTo(svg);
        assertThat(count(svg, "<path aria-label=\"[^\"]*\" role=\"graphics-symbol\" aria-roledescription=\"point\""))
                .isEqualTo(5);
        assertThat(svg).contains(Ink.VERMILLION.light(), ">width m<", ">10<", ">20<", ">50<", ">100<", ">1/m<");
        wellFormed(svg);
    }

    @Test
    void picturesAndHistogramsAreDrawn() throws Exception {
        String svg = renderer.svg(Samples.sides().document());
        assertThat(svg).contains("xlink:href=\"data:image/png;base64,");
        // The two bars that are not empty.
        assertThat(count(svg, "<path [^>]*fill=\"" + Ink.BLUE.light() + "\"")).isEqualTo(2);
        wellFormed(svg);
    }

    @Test
    void aPictureHasTheSizeAskedFor() throws IOException {
        String svg = renderer.svg(Samples.scatter().document());
        var size = Pattern.compile("width=\"(\\d+)\" height=\"(\\d+)\"").matcher(svg);
        assertThat(size.find()).isTrue();
        var image = ImageIO.read(new ByteArrayInputStream(PngRenderer.png(svg, 2)));
        assertThat(image.getWidth()).isEqualTo(2 * Integer.parseInt(size.group(1)));
        assertThat(image.getHeight()).isEqualTo(2 * Integer.parseInt(size.group(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> PngRenderer.png(svg, 0));
    }

    /// By Adobe's metrics this title is 232 pixels wide in Helvetica-Bold at 12.5, in
    /// Helvetica 220. The
    /// plot and with it the title begin 50 pixels from the left.
    @Test
    void aBoldTitleThatRunsBeyondThePlotIsNotCut() {
        Axis axis = Axis.linear("x", 0, 1);
        var point = new Layer.Points(Style.of(Ink.BLUE), 10, false, List.of(new Layer.Point(0.5, 0.5, "")));
        var plot =
                new Plot("variance of squared overlaps over 2/m²", axis, axis, List.of(point), Legend.none(), 100, 100);
        String svg = renderer.svg(Plot.document(List.of(plot)));
        var size = Pattern.compile("width=\"(\\d+)\"").matcher(svg);
        assertThat(size.find()).isTrue();
        assertThat(Integer.parseInt(size.group(1))).isGreaterThan(50 + 232);
    }

    @Test
    void doubtsOfTheRendererAreErrors() {
        ObjectNode unsound = Samples.scatter().document().deepCopy();
        ((ObjectNode) unsound.at("/layer/3/mark")).put("type", "blob");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> renderer.svg(unsound))
                .withMessageContaining("blob");
        assertThatIllegalArgumentException().isThrownBy(() -> renderer.svg(JsonNodeFactory.instance.objectNode()));
        // One failure does not spoil the next picture.
        assertThat(renderer.svg(Samples.scatter().document())).startsWith("<svg");
    }

    /// Otherwise every report takes ten times as long, and nobody is told.
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aFastEngineRunsWhereOneIsCarried() {
        try (var engine = ScriptEngine.open()) {
            assertThat(engine).isInstanceOf(V8Engine.class);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void bothEnginesGiveTheSameBytes() {
        var unsound = JsonNodeFactory.instance.objectNode();
        try (var slow = new SvgRenderer(new GraalEngine())) {
            for (Figure figure : List.of(Samples.scatter(), Samples.sides())) {
                assertThat(renderer.svg(figure.document())).isEqualTo(slow.svg(figure.document()));
            }
            assertThat(catchThrowable(() -> renderer.svg(unsound)))
                    .hasMessage(catchThrowable(() -> slow.svg(unsound)).getMessage());
        }
    }

    @Test
    void aScriptThatFailsIsNamed() {
        for (var engine : List.of(ScriptEngine.open(), new GraalEngine())) {
            try (engine) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> engine.run("broken.js", "throw new Error('no such thing')"))
                        .withMessageContaining("broken.js");
                assertThatIllegalStateException()
                        .isThrownBy(() -> engine.call("neverDefined", ""))
                        .withMessageContaining("neverDefined");
            }
        }
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    private static void wellFormed(String svg) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
