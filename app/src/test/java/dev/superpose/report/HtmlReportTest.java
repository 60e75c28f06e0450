package dev.superpose.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";

    private static HtmlReport report() {
        return new HtmlReport(
                "Quick " + Samples.HOSTILE,
                "24 trainings",
                List.of(new HtmlReport.Paragraph(Samples.HOSTILE, "The exponent is 1.13 ± 0.05. " + Samples.HOSTILE)),
                Optional.of(Samples.table()),
                List.of(Samples.scatter(), Samples.sides()),
                List.of(new HtmlReport.Fact("input " + Samples.HOSTILE, Samples.HOSTILE)));
    }

    @Test
    void thePageNeedsNothingButItself() {
        String page = report().html(Map.of("overlap", SVG));
        // Addresses of other places may stand in the text of scripts and licences, never where a browser follows them.
        assertThat(withoutScripts(page))
                .doesNotContainPattern("(?i)(src|href|data|action|srcset|poster)\\s*=\\s*[\"']?\\s*(https?:|//|file:)")
                .doesNotContainPattern("(?i)@import|url\\s*\\(")
                .doesNotContain("<link", "<iframe", "<object", "<base", "<form");
        assertThat(page)
                .contains("default-src 'none'")
                .contains("<img class=\"still\" alt=\"Overlap against width\" src=\"data:image/svg+xml;base64,")
                .doesNotContain("sourceMappingURL");
    }

    @Test
    void hostileNamesStayWords() {
        String page = report().html(Map.of());
        assertThat(page).doesNotContain("<script>alert", "alert(1)</script>", "\u0007", "\u202e", "\u2028");
        assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)");
        // Themes, two documents, four scripts: as many elements as were meant.
        assertThat(count(page, "<script")).isEqualTo(1 + 2 + 4);
        assertThat(count(page, "</script")).isEqualTo(1 + 2 + 4);
        // In a document the words are the same, in JSON's own escapes.
        assertThat(page).contains("seed \\u003c/script\\u003e\\u003cscript\\u003ealert(1)");
    }

    @Test
    void theSameReportIsTheSameBytes() {
        assertThat(report().html(Map.of("overlap", SVG))).isEqualTo(report().html(Map.of("overlap", SVG)));
    }

    @Test
    void sectionsCarryTheirOwnFiguresUnnumberedAndFoldTheirTables() {
        var section = new HtmlReport.Section(
                "fig5",
                "Figure 5",
                "Figure 5 " + Samples.HOSTILE,
                List.of(new HtmlReport.Paragraph("", "Said of it.")),
                List.of(Samples.scatter()),
                List.of(
                        new HtmlReport.Listing("Shown", false, Samples.table()),
                        new HtmlReport.Listing("Asked for", true, Samples.table())));
        var report = new HtmlReport(
                "Page", "", List.of(), Optional.empty(), List.of(Samples.sides()), List.of(section), List.of());
        assertThat(report.allFigures()).containsExactly(Samples.sides(), Samples.scatter());
        String page = report.html(Map.of());
        assertThat(page)
                .contains("<section class=\"part\" id=\"fig5\">", "Said of it.")
                .contains("<h3>Shown</h3>", "<details class=\"listing\"><summary>Asked for</summary>")
                .contains("<b>Figure 1. ")
                .doesNotContain("<b>Figure 2. ")
                .doesNotContain("<script>alert");
    }

    @Test
    void severalSectionsAreLinkedFromTheTop() {
        List<HtmlReport.Section> sections = Stream.of("fig5", "wall")
                .map(id -> new HtmlReport.Section(id, "To " + id, "Of " + id, List.of(), List.of(), List.of()))
                .toList();
        var report = new HtmlReport("Page", "", List.of(), Optional.empty(), List.of(), sections, List.of());
        assertThat(report.html(Map.of()))
                .contains("<a href=\"#fig5\">To fig5</a>", "<a href=\"#wall\">To wall</a>")
                .contains("id=\"fig5\"", "id=\"wall\"");
    }

    @Test
    void withoutFiguresThereAreNoScripts() {
        var words = new HtmlReport("Words", "", List.of(), Optional.empty(), List.of(), List.of());
        assertThat(words.html(Map.of())).contains("script-src 'none'").doesNotContain("<script>");
    }

    private static String withoutScripts(String page) {
        return page.replaceAll("(?s)<script>.*?</script>", "").replaceAll("(?s)<!--.*?-->", "");
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }
}
