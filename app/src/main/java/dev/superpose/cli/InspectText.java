package dev.superpose.cli;

import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.geometry.PairDistribution;
import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What `inspect` prints for a person: tables within 100 columns where names are short, and what to
/// make of them.
final class InspectText {
    private final List<Inspection> inspections;
    private final TextPage page = new TextPage();

    private InspectText(List<Inspection> inspections) {
        this.inspections = inspections;
    }

    /// The text of what was found, which is not nothing, and of what was not.
    static String of(Inspections inspections) {
        var text = new InspectText(inspections.found());
        text.takenUp(inspections.takenUp());
        text.sources();
        text.overlaps();
        text.shapes();
        text.spread();
        text.closest();
        FamilyText.add(inspections, text.page);
        text.companies();
        text.ranks();
        VerdictText.add(inspections, text.page);
        text.missing(inspections.failures());
        return text.page.toString();
    }

    private void sources() {
        for (Inspection found : inspections) {
            GeometryReport geometry = found.geometry();
            page.paragraph(String.format(
                    Locale.ROOT,
                    "%s, %s%s: %s%s, %s (%,d × %,d); %s",
                    found.model(),
                    found.roleName(),
                    found.tied() ? " (tied)" : "",
                    found.tensor().isEmpty() ? "" : found.tensor() + " of ",
                    found.file().getFileName(),
                    found.dtype(),
                    geometry.rows(),
                    geometry.width(),
                    leftOut(geometry.excluded())));
            found.notes().forEach(note -> page.paragraph("  note: " + note));
        }
        page.space();
    }

    private static String leftOut(Excluded excluded) {
        List<String> parts = new ArrayList<>();
        add(parts, excluded.padding(), "of padding");
        add(parts, excluded.zero(), "of zeros");
        add(parts, excluded.nonfinite(), "not finite");
        String left = parts.isEmpty() ? "no row left out" : "rows left out: " + String.join(", ", parts);
        return excluded.duplicate() == 0
                ? left
                : left + String.format(Locale.ROOT, "; %,d repeat another row", excluded.duplicate());
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }

    /// The columns that say which matrix a line is about, then others.
    private static List<Column> columns(Column... others) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("model"), Column.text("role"), Column.whole("rows", ""), Column.whole("width", "")));
        columns.addAll(List.of(others));
        return columns;
    }

    private void overlaps() {
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (Inspection found : inspections) {
            GeometryReport geometry = found.geometry();
            rows.add(Table.row(
                    found.model(),
                    found.roleName(),
                    geometry.used(),
                    geometry.width(),
                    geometry.overlap().meanSquare(),
                    geometry.overlap().meanSquareTimesWidth(),
                    geometry.overlap().welchMeanSquare(),
                    geometry.centered().meanSquare(),
                    geometry.represented().relative(),
                    geometry.regime().label()));
        }
        page.table(
                columns(
                        Column.real("mean_square", ""),
                        Column.real("x_width", ""),
                        Column.real("welch", ""),
                        Column.real("centred", ""),
                        Column.real("phi", ""),
                        Column.text("regime")),
                rows);
        page.paragraph(
                "mean_square: mean squared cosine of all pairs of rows; random directions have 1/width (x_width 1), no"
                        + " rows less than welch. centred: the same with the mean row taken off. phi: share of rows with more"
                        + " than half the median norm. regime: by half the root mean square norm.");
        if (any(geometry -> geometry.centered().method() == Method.LEFT_OUT)) {
            page.paragraph("Overlaps of centred rows were left out, as was asked (--no-centred).");
        }
        page.space();
    }

    private void shapes() {
        List<List<Table.Cell>> rows = new ArrayList<>();
        boolean sampled = false;
        for (Inspection found : inspections) {
            GeometryReport geometry = found.geometry();
            sampled |= geometry.overlap().maxAbs().method() == Method.LOWER_BOUND;
            rows.add(Table.row(
                    found.model(),
                    found.roleName(),
                    geometry.overlap().mean(),
                    geometry.overlap().meanAbs().value(),
                    geometry.overlap().maxAbs().value(),
                    geometry.norm().median(),
                    geometry.norm().std(),
                    geometry.represented().absolute(),
                    geometry.spectrum().effectiveRank(),
                    geometry.spectrum().participationRatio()));
        }
        page.table(
                List.of(
                        Column.text("model"),
                        Column.text("role"),
                        Column.real("mean_cos", ""),
                        Column.real("mean_abs", ""),
                        Column.real("max_abs", ""),
                        Column.real("norm", ""),
                        Column.real("norm_sd", ""),
                        Column.real("phi_1/2", ""),
                        Column.real("rank", ""),
                        Column.real("part", "")),
                rows);
        page.paragraph(
                "mean_cos, mean_abs, max_abs: of the cosine, with sign and without. norm: median. phi_1/2: share of"
                        + " rows with norm above 1/2. rank, part: effective rank and participation ratio, that is how"
                        + " many of the width's directions are in use.");
        if (sampled) {
            page.paragraph(
                    "mean_abs is from a sample of rows where pairs are too many, and max_abs then at least what is"
                            + " shown (--pairs exact looks at all).");
        }
        if (any(geometry -> geometry.overlap().maxAbs().method() == Method.LEFT_OUT)) {
            page.paragraph("mean_abs, max_abs and what needs pairs below were left out, as was asked (--pairs none).");
        }
        page.space();
    }

    private boolean any(Predicate<GeometryReport> property) {
        return inspections.stream().map(Inspection::geometry).anyMatch(property);
    }

    private void takenUp(long count) {
        if (count > 0) {
            page.paragraph(
                    "Taken from an earlier run, since the files have not changed: %d of %d matrices (--fresh measures again)"
                            .formatted(count, inspections.size()));
            page.space();
        }
    }

    private void missing(List<Inspections.Failure> failures) {
        if (!failures.isEmpty()) {
            page.paragraph("Missing: %d of the models could not be read or measured whole:".formatted(failures.size()));
            failures.forEach(failure -> page.paragraph("  " + InputException.oneLine(failure.cause())));
        }
    }

    /// How pairs and eigenvalues are spread.
    private void spread() {
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (Inspection found : inspections) {
            GeometryReport geometry = found.geometry();
            PairDistribution pairs = geometry.pairs();
            rows.add(Table.row(
                    found.model(),
                    found.roleName(),
                    pairs.quantile(0.5).value(),
                    pairs.quantile(0.95).value(),
                    pairs.quantile(0.999).value(),
                    pairs.varianceRatio(),
                    geometry.spectrum().decay().exponent(),
                    geometry.centeredSpectrum().decay().exponent(),
                    geometry.isotropy().isoScore()));
        }
        page.table(
                List.of(
                        Column.text("model"),
                        Column.text("role"),
                        Column.real("50_%", ""),
                        Column.real("95_%", ""),
                        Column.real("99.9_%", ""),
                        Column.real("x_variance", ""),
                        Column.real("alpha", ""),
                        Column.real("centred", ""),
                        Column.real("isoscore", "")),
                rows);
        page.paragraph("50 % ... 99.9 %: |cosine| that this share of the pairs does not exceed. x_variance: variance of"
                + " the squared cosine over that of random directions. alpha: eigenvalues fall as rank^-alpha, as"
                + " they are and centred. isoscore: 1 if all directions are used alike, 0 on a line.");
        page.space();
    }

    private void closest() {
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (Inspection found : inspections) {
            found.closest()
                    .ifPresent(pair -> rows.add(Table.row(
                            found.model(),
                            found.roleName(),
                            pair.cosine(),
                            "\"" + pair.token() + "\"",
                            "\"" + pair.other() + "\"")));
        }
        if (rows.isEmpty()) {
            return;
        }
        page.table(
                List.of(
                        Column.text("model"),
                        Column.text("role"),
                        Column.real("cosine", ""),
                        Column.text("closest pair"),
                        Column.text("")),
                rows);
        page.space();
    }

    /// Interference by frequency, where frequencies were given.
    private void ranks() {
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (Inspection found : inspections) {
            found.ranks()
                    .forEach(rank -> rows.add(Table.row(
                            found.model(),
                            found.roleName(),
                            rank.rank(),
                            rank.rows(),
                            rank.frequency(),
                            rank.meanSquare() * found.geometry().width(),
                            rank.weighted() * found.geometry().width())));
        }
        if (rows.isEmpty()) {
            return;
        }
        page.table(
                List.of(
                        Column.text("model"),
                        Column.text("role"),
                        Column.whole("about_rank", ""),
                        Column.whole("rows", ""),
                        Column.real("frequency", ""),
                        Column.real("x_random", ""),
                        Column.real("x_random_in_use", "")),
                rows);
        page.paragraph(
                "Rows by rank of frequency, means from half the rank to twice: squared cosine with all other rows"
                        + " alike, and with rows as they are met in use; random directions have 1.");
        page.space();
    }

    private void companies() {
        for (Inspection found : inspections) {
            found.company().ifPresent(company -> company(found, company));
        }
    }

    private void company(Inspection found, TokenCompany company) {
        page.paragraph(String.format(
                Locale.ROOT,
                "%s, %s: \"%s\" (row %,d, norm %s)",
                found.model(),
                found.roleName(),
                company.token(),
                company.row(),
                Table.brief(company.norm())));
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (int k = 0; k < company.nearest().size(); k++) {
            TokenCompany.Other near = company.nearest().get(k);
            TokenCompany.Other loud = company.interferers().get(k);
            rows.add(Table.row(quoted(near), near.cosine(), quoted(loud), loud.interference(), loud.cosine()));
        }
        page.table(
                List.of(
                        Column.text("nearest"),
                        Column.real("cosine", ""),
                        Column.text("strongest interferer"),
                        Column.real("interference", ""),
                        Column.real("its cosine", "")),
                rows);
        page.paragraph(
                "interference: the unit row of the token times the other row, that is cosine times the other's norm.");
        page.space();
    }

    private static String quoted(TokenCompany.Other other) {
        return "\"" + other.token() + "\"";
    }
}
