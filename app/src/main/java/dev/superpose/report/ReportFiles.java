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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Reports on disk: every file whole or not at all.
final class ReportFiles {
    /// A renderer takes as long to open as a few figures take to be drawn.
    private static final int FIGURES_PER_RENDERER = 3;

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

    /// The figures as SVG, by id, in their order. Drawing is interpreted and slow: with several
    /// figures each core has a renderer of its own.
    static Map<String, String> draw(List<Figure> figures) {
        int renderers = Math.clamp(
                figures.size() / FIGURES_PER_RENDERER, 1, Runtime.getRuntime().availableProcessors());
        if (figures.isEmpty()) {
            return Map.of();
        }
        var pictures = new String[figures.size()];
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(renderers)) {
            var drawing = IntStream.range(0, renderers)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> drawFrom(figures, next, pictures), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(drawing).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
        var drawn = new LinkedHashMap<String, String>();
        for (int i = 0; i < pictures.length; i++) {
            drawn.put(figures.get(i).id(), pictures[i]);
        }
        return drawn;
    }

    /// Draws the figures that no other renderer has taken, one after the other.
    private static void drawFrom(List<Figure> figures, AtomicInteger next, String[] pictures) {
        try (var renderer = new SvgRenderer()) {
            for (int i = next.getAndIncrement(); i < pictures.length; i = next.getAndIncrement()) {
                pictures[i] = renderer.svg(figures.get(i).document());
            }
        }
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
