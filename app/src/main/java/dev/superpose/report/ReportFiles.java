package dev.superpose.report;

import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.result.Json;
import dev.superpose.result.Provenance;
import dev.superpose.result.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reports on disk: every file whole or not at all.
final class ReportFiles {
    private ReportFiles() {}

    /// Writes `report.html`, and each figure as `figures/ID.svg`, `figures/ID.vl.json`
    /// and, if asked for, `ID.png`.
    ///
    /// @return the page
    static Path write(HtmlReport report, Path folder, boolean png) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("figures"));
        Map<String, String> drawn = draw(report.allFigures());
        for (Figure figure : report.allFigures()) {
            String svg = drawn.getOrDefault(figure.id(), "");
            WholeFile.write(pictures.resolve(figure.id() + ".vl.json"), Json.write(figure.document()));
            WholeFile.write(pictures.resolve(figure.id() + ".svg"), svg + "\n");
            if (png) {
                byte[] picture = PngRenderer.png(svg, 2);
                WholeFile.write(pictures.resolve(figure.id() + ".png"), out -> out.write(picture));
            }
        }
        Path page = folder.resolve("report.html");
        WholeFile.write(page, report.html(drawn));
        return page;
    }

    /// The figures as SVG, by id, in their order.
    static Map<String, String> draw(List<Figure> figures) {
        if (figures.isEmpty()) {
            return Map.of();
        }
        var drawn = new LinkedHashMap<String, String>();
        try (var renderer = new SvgRenderer()) {
            for (Figure figure : figures) {
                drawn.put(figure.id(), renderer.svg(figure.document()));
            }
        }
        return drawn;
    }

    /// What `provenance` says, for the end of a page.
    static List<Fact> facts(Provenance provenance) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("program", "Superpose %s, commit %s".formatted(provenance.version(), provenance.commit())));
        facts.add(new Fact("Java", provenance.jdk()));
        facts.add(new Fact("system", provenance.os()));
        facts.add(new Fact("processor", "%s, %d cores".formatted(provenance.cpu(), provenance.cores())));
        facts.add(new Fact("matrix products", provenance.blas()));
        if (provenance.seed() != null) {
            facts.add(new Fact("seed", provenance.seed().toString()));
        }
        provenance.inputs().forEach((name, sha) -> facts.add(new Fact("input", name + "  SHA-256 " + sha)));
        return facts;
    }
}
