package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.study.BuiltInStudies;
import dev.superpose.study.Job;
import dev.superpose.study.Scale;
import dev.superpose.study.Study;
import java.nio.file.Path;
import java.util.Optional;

/// The built-in studies, as a person reads of them on a terminal.
final class BuiltInText {
    private BuiltInText() {}

    /// Each study's name and description, and for each of its scales how many trainings it has and
    /// about how long they take.
    ///
    /// @param home the folder the program lies in
    static String of(Path home) throws InputException {
        int cores = Runtime.getRuntime().availableProcessors();
        var page = new TextPage();
        for (String name : BuiltInStudies.names()) {
            var scales = BuiltInStudies.scales(name);
            Study first = BuiltInStudies.study(name, scales.stream().findFirst(), home);
            page.paragraph("%s: %s".formatted(name, first.description()));
            if (scales.isEmpty()) {
                page.paragraph("  " + size(first, cores));
            }
            for (Scale scale : scales) {
                var study = BuiltInStudies.study(name, Optional.of(scale), home);
                page.paragraph("  %-6s %s".formatted(scale.word(), size(study, cores)));
            }
        }
        page.space();
        page.paragraph(
                ("Times are estimates for the %d cores here, of training alone. Run one with superpose study NAME"
                                + " --scale SCALE; without --scale it is short.")
                        .formatted(cores));
        return page.toString();
    }

    private static String size(Study study, int cores) {
        var jobs = study.jobs();
        double seconds = jobs.stream().mapToDouble(Job::estimatedSeconds).sum() / Math.min(cores, jobs.size());
        return "%,d trainings, n = %s, %s"
                .formatted(
                        jobs.size(),
                        String.join(
                                ", ",
                                study.features().stream().map(String::valueOf).toList()),
                        seconds < 2 ? "a few seconds" : "about " + StudyProgress.duration(seconds));
    }
}
