package dev.superpose.report;

import dev.superpose.result.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A page that needs nothing but itself: words, figures with their numbers and commands, and
/// where it all came from.
///
/// It opens without a network, forbids itself to load anything, follows the reader's light or
/// dark setting, and prints.
///
/// @param title the name of what is reported
/// @param subtitle one line under it
/// @param conclusions what was found, a paragraph each, numbers with their errors
/// @param summary the numbers that matter most, at the top
/// @param figures in their order
/// @param sections parts with headings of their own, after the figures
/// @param provenance what is needed to make the page again: names and values
public record HtmlReport(
        String title,
        String subtitle,
        List<Paragraph> conclusions,
        Optional<Table> summary,
        List<Figure> figures,
        List<Section> sections,
        List<Fact> provenance) {
    private static final int SHORT = 18;

    /// Takes copies of the lists.
    public HtmlReport {
        conclusions = List.copyOf(conclusions);
        figures = List.copyOf(figures);
        sections = List.copyOf(sections);
        provenance = List.copyOf(provenance);
    }

    /// A page without sections.
    public HtmlReport(
            String title,
            String subtitle,
            List<Paragraph> conclusions,
            Optional<Table> summary,
            List<Figure> figures,
            List<Fact> provenance) {
        this(title, subtitle, conclusions, summary, figures, List.of(), provenance);
    }

    /// A part of a page with its own heading. Its figures carry no numbers: the heading says what
    /// they belong to.
    ///
    /// @param id what a link to it is called: small letters, digits and hyphens
    /// @param name what a link to it says, such as `Figure 5`
    /// @param title its heading
    /// @param paragraphs under the heading
    /// @param figures in their order
    /// @param tables below them
    public record Section(
            String id,
            String name,
            String title,
            List<Paragraph> paragraphs,
            List<Figure> figures,
            List<Listing> tables) {
        /// Takes copies of the lists.
        public Section {
            paragraphs = List.copyOf(paragraphs);
            figures = List.copyOf(figures);
            tables = List.copyOf(tables);
        }
    }

    /// A table with what is over it.
    ///
    /// @param title in a few words
    /// @param folded whether a reader has to ask for it
    /// @param table the numbers
    public record Listing(String title, boolean folded, Table table) {}

    /// All figures, those of sections too, in the order of the page.
    List<Figure> allFigures() {
        var all = new ArrayList<>(figures);
        sections.forEach(section -> all.addAll(section.figures()));
        return List.copyOf(all);
    }

    /// A paragraph, and the words it opens with, which may be empty.
    public record Paragraph(String head, String text) {}

    /// One line of the provenance.
    public record Fact(String name, String value) {}

    /// The page.
    ///
    /// @param pictures SVG by the id of the figure: shown in print and without scripts;
    /// may lack some or all
    public String html(Map<String, String> pictures) {
        ObjectNode themes = JsonNodeFactory.instance.objectNode();
        for (Theme theme : Theme.values()) {
            ObjectNode node = themes.putObject(theme == Theme.LIGHT ? "light" : "dark");
            node.set("config", theme.config());
            node.set("inks", theme.inks());
        }
        List<String> scripts = allFigures().isEmpty()
                ? List.of()
                : List.of(
                        library(Scripts.VEGA),
                        library(Scripts.VEGA_LITE),
                        library(Scripts.VEGA_EMBED),
                        Scripts.PAGE.text());
        var page = new StringBuilder(1 << 20);
        head(page, scripts);
        body(page, pictures);
        page.append("<script type=\"application/json\" id=\"themes\">")
                .append(Html.json(themes))
                .append("</script>\n");
        if (!scripts.isEmpty()) {
            page.append("<!-- Scripts of others:\n")
                    .append(Scripts.NOTICE.text().replace("--", "- -"))
                    .append("-->\n");
        }
        for (String script : scripts) {
            page.append("<script>").append(script).append("</script>\n");
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private void head(StringBuilder page, List<String> scripts) {
        // Nothing may be loaded, and only the scripts written here may run, whatever else should find its way in.
        var allowed = new ArrayList<String>();
        scripts.forEach(script -> allowed.add("'sha256-" + sha256(script) + "'"));
        String policy =
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src "
                        + (allowed.isEmpty() ? "'none'" : String.join(" ", allowed));
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(policy)
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.text(title))
                .append("</title>\n<style>\n")
                .append(Scripts.STYLE.text())
                .append("</style>\n</head>\n");
    }

    private void body(StringBuilder page, Map<String, String> pictures) {
        page.append("<body>\n<main>\n<header>\n<h1>").append(Html.text(title)).append("</h1>\n");
        if (!subtitle.isEmpty()) {
            page.append("<p class=\"subtitle\">").append(Html.text(subtitle)).append("</p>\n");
        }
        page.append("</header>\n");
        paragraphs(page, conclusions);
        summary.ifPresent(numbers -> page.append("<section class=\"summary\">\n")
                .append(table(numbers))
                .append("</section>\n"));
        contents(page);
        for (int i = 0; i < figures.size(); i++) {
            figure(page, figures.get(i), "Figure %d. ".formatted(i + 1), pictures);
        }
        sections.forEach(section -> section(page, section, pictures));
        if (!provenance.isEmpty()) {
            page.append("<section class=\"provenance\">\n<h2>Where this came from</h2>\n<dl>\n");
            provenance.forEach(fact -> page.append("<dt>")
                    .append(Html.text(fact.name()))
                    .append("</dt><dd>")
                    .append(Html.text(fact.value()))
                    .append("</dd>\n"));
            page.append("</dl>\n</section>\n");
        }
        page.append("</main>\n");
    }

    /// Links to the sections, where there are several.
    private void contents(StringBuilder page) {
        if (sections.size() < 2) {
            return;
        }
        page.append("<nav>\n");
        sections.forEach(section -> page.append("<a href=\"#")
                .append(Html.text(section.id()))
                .append("\">")
                .append(Html.text(section.name()))
                .append("</a>\n"));
        page.append("</nav>\n");
    }

    private static void paragraphs(StringBuilder page, List<Paragraph> paragraphs) {
        if (paragraphs.isEmpty()) {
            return;
        }
        page.append("<div class=\"conclusions\">\n");
        for (Paragraph paragraph : paragraphs) {
            String head = paragraph.head().isEmpty() ? "" : "<b>" + Html.text(paragraph.head()) + "</b> ";
            page.append("<p>").append(head).append(Html.prose(paragraph.text())).append("</p>\n");
        }
        page.append("</div>\n");
    }

    private static void section(StringBuilder page, Section section, Map<String, String> pictures) {
        page.append("<section class=\"part\" id=\"")
                .append(Html.text(section.id()))
                .append("\">\n<h2>")
                .append(Html.text(section.title()))
                .append("</h2>\n");
        paragraphs(page, section.paragraphs());
        section.figures().forEach(figure -> figure(page, figure, "", pictures));
        for (Listing listing : section.tables()) {
            String title = Html.text(listing.title());
            page.append(
                            listing.folded()
                                    ? "<details class=\"listing\"><summary>" + title + "</summary>\n"
                                    : "<div class=\"listing\"><h3>" + title + "</h3>\n")
                    .append(table(listing.table()))
                    .append(listing.folded() ? "</details>\n" : "</div>\n");
        }
        page.append("</section>\n");
    }

    private static void figure(StringBuilder page, Figure figure, String number, Map<String, String> pictures) {
        var picture = Optional.ofNullable(pictures.get(figure.id()));
        page.append("<figure id=\"").append(figure.id()).append("\">\n<div class=\"picture\">");
        picture.ifPresent(svg -> page.append("<img class=\"still\" alt=\"")
                .append(Html.text(figure.title()))
                .append("\" src=\"data:image/svg+xml;base64,")
                .append(Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)))
                .append("\">"));
        page.append("<div class=\"live\"></div>");
        if (picture.isEmpty()) {
            page.append("<noscript>This figure is drawn by a script; its numbers stand below.</noscript>");
        }
        page.append("</div>\n<figcaption><b>")
                .append(number)
                .append(Html.text(figure.title()))
                .append(".</b> ")
                .append(Html.prose(figure.caption()))
                .append("</figcaption>\n<details class=\"numbers\"><summary>Numbers</summary>\n")
                .append(table(figure.table()))
                .append("</details>\n<details class=\"again\"><summary>Make it again</summary>\n<pre><code>")
                .append(Html.text(figure.command()))
                .append("</code></pre></details>\n<script type=\"application/json\" class=\"document\">")
                .append(Html.json(figure.document()))
                .append("</script>\n</figure>\n");
    }

    private static String table(Table table) {
        var out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
        for (Table.Column column : table.columns()) {
            out.append("<th scope=\"col\">").append(Html.text(column.name().replace('_', ' ')));
            if (!column.unit().isEmpty()) {
                out.append(" <span class=\"unit\">")
                        .append(Html.text(column.unit()))
                        .append("</span>");
            }
            out.append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<Table.Cell> row : table.rows()) {
            out.append("<tr>");
            for (Table.Cell cell : row) {
                // Short cells, such as 0.98 ± 0.05, keep to one line.
                boolean whole = !(cell instanceof Table.Text(String words)) || words.length() <= SHORT;
                out.append(whole ? "<td class=\"whole\">" : "<td>")
                        .append(Html.cell(cell))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table></div>\n").toString();
    }

    /// A script as published, less the hint at a source map that is not here.
    private static String library(Scripts script) {
        return script.text().replaceAll("(?m)^//# sourceMappingURL=.*$", "").replace("</script", "<\\/script");
    }

    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
