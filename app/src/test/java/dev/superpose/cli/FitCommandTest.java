package dev.superpose.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class FitCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void fitsAPlantedFloorAndPrintsOneDocument() throws IOException {
        var table = table("d_model,loss", 476, 0.91, 1.8);

        int code = run("fit", table.toString(), "--json");

        assertThat(code).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        var document = json();
        assertThat(document.get("law").asString()).isEqualTo("power-floor");
        assertThat(document.get("outcome").asString()).isEqualTo("fitted");
        var parameters = document.get("parameters");
        assertThat(parameters.get("scale").get("value").asDouble()).isCloseTo(476, within(0.5));
        assertThat(parameters.get("exponent").get("value").asDouble()).isCloseTo(0.91, within(1e-3));
        assertThat(parameters.get("floor").get("value").asDouble()).isCloseTo(1.8, within(1e-3));
        assertThat(parameters.get("floor").get("standard_error").isNumber()).isTrue();
        assertThat(document.get("r_squared").asDouble()).isGreaterThan(0.999);
        assertThat(document.get("points").get("used").asInt()).isEqualTo(8);
        assertThat(document.get("points").get("dropped").asInt()).isZero();
        var certificate = document.get("certificate");
        assertThat(certificate.get("converged").asBoolean()).isTrue();
        assertThat(certificate.get("gradient_norm").isNumber()).isTrue();
        assertThat(certificate.get("starts").asInt()).isGreaterThan(10);
        assertThat(certificate.get("agreeing").asInt()).isPositive();
        assertThat(certificate.get("condition").isNumber()).isTrue();
        assertThat(certificate.get("at_bound").isArray()).isTrue();
        assertThat(document.get("warnings").isArray()).isTrue();
        assertThat(document.get("provenance")
                        .get("inputs")
                        .get(table.toString())
                        .asString())
                .hasSize(64);
    }

    @Test
    void groupsAndSelectsAndCounts() throws IOException {
        var table = write("""
                width,alpha,seed,test_loss
                8,1,0,2
                16,1,0,1
                32,1,0,0.5
                64,1,0,
                8,2,0,4
                16,2,0,1
                32,2,0,0.25
                """);

        assertThat(run("fit", table.toString(), "--by", "alpha", "--law", "power", "--json"))
                .isZero();

        var documents = json();
        assertThat(documents.isArray()).isTrue();
        assertThat(documents.size()).isEqualTo(2);
        assertThat(documents.get(0).get("group").get("alpha").asString()).isEqualTo("1");
        assertThat(exponent(documents.get(0))).isCloseTo(1, within(1e-9));
        assertThat(documents.get(0).get("points").get("dropped").asInt()).isEqualTo(1);
        assertThat(documents
                        .get(0)
                        .get("points")
                        .get("dropped_rows")
                        .get("test_loss is missing")
                        .get(0)
                        .asString())
                .isEqualTo("line 5");
        assertThat(exponent(documents.get(1))).isCloseTo(2, within(1e-9));

        assertThat(run("fit", table.toString(), "--where", "alpha=2", "--where", "width>=16", "--law=power", "--json"))
                .isZero();
        assertThat(json().get("points").get("used").asInt()).isEqualTo(2);
        assertThat(json().get("parameters")
                        .get("exponent")
                        .get("standard_error")
                        .isNull())
                .isTrue();
    }

    @Test
    void warnsOfMixedSettings() throws IOException {
        var table = write("width,alpha,loss\n8,1,2\n16,1,1\n32,2,0.6\n64,2,0.2\n");

        assertThat(run("fit", table.toString())).isZero();

        assertThat(out.toString()).contains("warning: Column alpha differs among these runs");
    }

    @Test
    void printsATableAndACertificate() throws IOException {
        assertThat(run("fit", table("width,loss", 9, 1, 0.02).toString(), "--law", "both"))
                .isZero();

        assertThat(out.toString())
                .contains("loss over width")
                .contains("exponent")
                .contains(" ± ")
                .contains("certificate: converged")
                .contains("starts agree");
        assertThat(out.toString().lines().filter(line -> line.startsWith("power")))
                .hasSize(4);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsWhatTheDataDoNotFixAndEndsWithOne() throws IOException {
        var table = write("width,loss\n8,2\n16,1\n32,0.6\n");

        assertThat(run("fit", table.toString(), "--law", "power-floor", "--json"))
                .isEqualTo(1);
        var document = json();
        assertThat(document.get("outcome").asString()).isEqualTo("not_identified");
        assertThat(document.get("reason").asString()).contains("3 runs cannot fix 3 parameters");
        assertThat(document.get("remedy").asString()).contains("fewer parameters");
        assertThat(document.get("certificate").isNull()).isTrue();

        assertThat(run("fit", table.toString(), "--json")).isZero();
        assertThat(json().get("law").asString()).isEqualTo("power");
        assertThat(json().get("choice").asString()).contains("no floor was fitted");
    }

    @Test
    void badInputGivesOneLineAndTwo() throws IOException {
        assertBad("no such file", folder.resolve("none.csv").toString());
        assertBad("line 3: expected 2 fields", write("width,loss\n8,1\n16\n").toString());
        assertBad(
                "line 2, column loss: expected numbers of loss, found \"x\"",
                write("width,loss\n8,x\n").toString());
        assertBad("expected a column of width", write("a,loss\n8,1\n").toString());
        assertBad("1 size(s)", write("width,loss\n8,1\n8,2\n").toString());
        assertBad("found nothing", write("").toString());
        String good = write("width,loss\n8,2\n16,1\n").toString();
        assertBad("expected a column q", good, "--x", "q");
        assertBad("expected a column q", good, "--by", "q");
        assertBad("expected rows that meet width=9", good, "--where", "width=9");
        assertBad("written column=value", good, "--where", "width");
        assertThat(run("fit", good, "--law", "cubic")).isEqualTo(2);
        assertThat(run("fit")).isEqualTo(2);
    }

    @Test
    void helpHasAnExample() {
        assertThat(run("fit", "--help")).isZero();
        assertThat(out.toString())
                .contains("Examples:")
                .contains("superpose fit")
                .contains("power-floor");
    }

    private void assertBad(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "fit";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertThat(run(all)).as(message).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(message).startsWith("superpose: ");
        assertThat(err.toString().strip().lines()).hasSize(1);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode json() {
        return new ObjectMapper().readTree(out.toString());
    }

    private static double exponent(JsonNode document) {
        return document.get("parameters").get("exponent").get("value").asDouble();
    }

    /// Losses of the law scale · m^-exponent + floor, off by 1e-5 in turn so that there
    /// is something to judge by.
    private Path table(String header, double scale, double exponent, double floor) throws IOException {
        var lines = new StringBuilder(header).append('\n');
        for (int i = 0; i < 8; i++) {
            double size = 64 << i;
            double loss = (scale * Math.pow(size, -exponent) + floor) * (i % 2 == 0 ? 1.00001 : 0.99999);
            lines.append(size).append(',').append(loss).append('\n');
        }
        return write(lines.toString());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "table", ".csv"), text);
    }
}
