package dev.superpose.report;

import dev.superpose.report.HtmlReport.Fact;
import dev.superpose.report.HtmlReport.Paragraph;
import dev.superpose.report.Layer.Point;
import dev.superpose.report.Legend.Corner;
import dev.superpose.report.Legend.Entry;
import dev.superpose.report.Legend.Sample;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.result.WholeFile;
import dev.superpose.stat.RankFrequency;
import dev.superpose.stat.RankFrequency.PowerLaw;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The report of counted tokens: how their frequencies fall with rank.
///
/// @param title the tokenizer, for people
/// @param sentences what was found, a paragraph each
/// @param mostFrequent the tokens that come most often
/// @param frequencies the counts by rank
/// @param laws power laws through them, the one to be drawn first
/// @param command the command line that makes the report again
/// @param provenance this program on this machine, and the files read
public record TokensReport(
        String title,
        List<String> sentences,
        Table mostFrequent,
        RankFrequency frequencies,
        List<PowerLaw> laws,
        String command,
        Provenance provenance) {
    private static final int POINTS_PER_DECADE = 60;
    private static final List<Ink> INKS = List.of(Ink.VERMILLION, Ink.GREEN, Ink.PURPLE);

    /// Takes copies of the lists.
    public TokensReport {
        sentences = List.copyOf(sentences);
        laws = List.copyOf(laws);
    }

    /// Writes the page to `file`, which is there whole or not at all.
    public void write(Path file) throws IOException {
        HtmlReport page = page();
        WholeFile.write(file, page.html(ReportFiles.draw(page.figures())));
    }

    /// The page, its figure not yet drawn.
    HtmlReport page() {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("made again by", command));
        facts.addAll(ReportFiles.facts(provenance));
        return new HtmlReport(
                title,
                "how often its tokens occur",
                sentences.stream().map(sentence -> new Paragraph("", sentence)).toList(),
                Optional.of(mostFrequent),
                List.of(figure()),
                facts);
    }

    private Figure figure() {
        List<Point> points = points();
        var layers = new ArrayList<Layer>();
        var key = new ArrayList<Entry>();
        var seen = Style.of(Ink.BLUE);
        layers.add(new Layer.Points(seen, 16, false, points));
        key.add(new Entry("counted", seen, Sample.POINT));
        for (int k = 0; k < Math.min(INKS.size(), laws.size()); k++) {
            PowerLaw law = laws.get(k);
            var style = Style.of(INKS.get(k));
            layers.add(new Layer.Line(
                    style,
                    1.8,
                    List.of(new Point(law.from(), law.at(law.from()), ""), new Point(law.to(), law.at(law.to()), ""))));
            key.add(new Entry(
                    "%s: α = %s".formatted(law.method().label(), Words.withError(law.alpha(), law.standardError())),
                    style,
                    Sample.LINE));
        }
        var plot = new Plot(
                "",
                Axis.log("rank", points.stream().map(Point::x).toList()),
                Axis.log("occurrences", points.stream().map(Point::y).toList()),
                layers,
                new Legend(Corner.BOTTOM_LEFT, key),
                620,
                420);
        return new Figure(
                "rank-frequency",
                "Occurrences against rank",
                "Each mark is a token, the most frequent first; beyond rank %d only some are drawn, evenly in ln rank. A line is a power law, frequency ∝ rank^−α; ± is the error of sampling."
                        .formatted(POINTS_PER_DECADE / 2),
                Plot.document(List.of(plot)),
                table(points),
                command);
    }

    /// Ranks evenly in their logarithm, each at most once.
    private List<Point> points() {
        var points = new ArrayList<Point>();
        int last = 0;
        double step = Math.pow(10, 1.0 / POINTS_PER_DECADE);
        for (double rank = 1; Math.round(rank) <= frequencies.distinct(); rank = Math.max(rank * step, last + 1.0)) {
            last = Math.toIntExact(Math.round(rank));
            points.add(new Point(last, frequencies.at(last), "rank " + last));
        }
        if (last < frequencies.distinct()) {
            points.add(new Point(
                    frequencies.distinct(), frequencies.at(frequencies.distinct()), "rank " + frequencies.distinct()));
        }
        return points;
    }

    private static Table table(List<Point> points) {
        return new Table(
                List.of(Column.whole("rank", ""), Column.real("occurrences", "")),
                points.stream()
                        .map(point -> Table.row(Math.round(point.x()), point.y()))
                        .toList());
    }
}
