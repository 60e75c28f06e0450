package dev.superpose.cli;

import dev.superpose.checkpoint.Role;
import dev.superpose.geometry.GeometryReport;
import dev.superpose.geometry.GeometryReport.Excluded;
import dev.superpose.geometry.GeometryReport.Method;
import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.stat.LineFit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What `inspect` prints for a person: tables within 100 columns where names are short, and what to
/// make of them.
final class InspectText {
    private static final int LINE = 98;

    private final List<Inspection> inspections;
    private final StringBuilder text = new StringBuilder();

    private InspectText(List<Inspection> inspections) {
        this.inspections = inspections;
    }

    /// The text of `inspections`, which are not empty.
    static String of(List<Inspection> inspections) {
        var text = new InspectText(inspections);
        text.sources();
        text.overlaps();
        text.shapes();
        text.families();
        text.companies();
        return text.text.toString();
    }

    private void sources() {
        for (Inspection found : inspections) {
            GeometryReport geometry = found.geometry();
            paragraph(String.format(
                    Locale.ROOT,
                    "%s, %s%s: %s of %s, %s (%,d × %,d); %s",
                    found.model(),
                    found.roleName(),
                    found.tied() ? " (tied)" : "",
                    found.tensor(),
                    found.file().getFileName(),
                    found.dtype(),
                    geometry.rows(),
                    geometry.width(),
                    leftOut(geometry.excluded())));
            found.notes().forEach(note -> paragraph("  note: " + note));
        }
        text.append('\n');
    }

    private static String leftOut(Excluded excluded) {
        List<String> parts = new ArrayList<>();
        add(parts, excluded.padding(), "padding");
        add(parts, excluded.zero(), "zero");
        add(parts, excluded.nonfinite(), "not finite");
        String left = parts.isEmpty() ? "no row left out" : "left out " + String.join(", ", parts);
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
        table(
                columns(
                        Column.real("mean_square", ""),
                        Column.real("x_width", ""),
                        Column.real("welch", ""),
                        Column.real("centred", ""),
                        Column.real("phi", ""),
                        Column.text("regime")),
                rows);
        paragraph(
                "mean_square: mean squared cosine of all pairs of rows; random directions have 1/width (x_width 1), no"
                        + " rows less than welch. centred: the same with the mean row taken off. phi: share of rows with more"
                        + " than half the median norm.");
        text.append('\n');
    }

    private void shapes() {
        List<List<Table.Cell>> rows = new ArrayList<>();
        boolean sampled = false;
        for (Inspection found : inspections) {
            GeometryReport geometry = found.geometry();
            sampled |= geometry.overlap().maxAbs().method() != Method.EXACT;
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
        table(
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
        paragraph("mean_cos, mean_abs, max_abs: of the cosine, with sign and without. norm: median. phi_1/2: share of"
                + " rows with norm above 1/2. rank, part: effective rank and participation ratio, that is how"
                + " many of the width's directions are in use.");
        if (sampled) {
            paragraph("mean_abs is from a sample of rows where pairs are too many, and max_abs then at least what is"
                    + " shown (--pairs exact looks at all).");
        }
        text.append('\n');
    }

    /// Overlap against width, for families and roles with more than one width.
    private void families() {
        record Key(String family, Role role) {}
        Map<Key, List<Inspection>> families = new LinkedHashMap<>();
        for (Inspection found : inspections) {
            families.computeIfAbsent(new Key(found.family(), found.role()), _ -> new ArrayList<>())
                    .add(found);
        }
        families.forEach((key, members) -> {
            if (members.stream().map(each -> each.geometry().width()).distinct().count() > 1) {
                family(key.family(), members);
            }
        });
    }

    private void family(String name, List<Inspection> members) {
        paragraph("Family %s, %s: mean squared overlap against width"
                .formatted(name, members.getFirst().roleName()));
        List<List<Table.Cell>> rows = new ArrayList<>();
        for (Inspection found : members) {
            GeometryReport geometry = found.geometry();
            rows.add(Table.row(
                    geometry.width(),
                    geometry.overlap().meanSquare(),
                    geometry.overlap().randomMeanSquare(),
                    geometry.overlap().welchMeanSquare(),
                    geometry.overlap().meanSquareTimesWidth(),
                    geometry.centered().meanSquare(),
                    geometry.centered().meanSquare() * geometry.width(),
                    found.model()));
        }
        table(
                List.of(
                        Column.whole("width", ""),
                        Column.real("mean_square", ""),
                        Column.real("1/width", ""),
                        Column.real("welch", ""),
                        Column.real("x_width", ""),
                        Column.real("centred", ""),
                        Column.real("centred_x_width", ""),
                        Column.text("model")),
                rows);
        slope("mean_square", members, found -> found.geometry().overlap().meanSquare());
        slope("centred", members, found -> found.geometry().centered().meanSquare());
        text.append('\n');
    }

    /// The line through the logarithms; left out where a value is 0 or missing, which has none.
    private void slope(String name, List<Inspection> members, ToDoubleFunction<Inspection> measure) {
        double[] x = members.stream()
                .mapToDouble(found -> Math.log(found.geometry().width()))
                .toArray();
        double[] y = members.stream()
                .mapToDouble(found -> Math.log(measure.applyAsDouble(found)))
                .toArray();
        for (double value : y) {
            if (!Double.isFinite(value)) {
                return;
            }
        }
        LineFit fit = LineFit.of(x, y);
        String error = Double.isNaN(fit.slopeStandardError())
                ? " (two points leave no standard error)"
                : String.format(
                        Locale.ROOT, " ± %.3f (standard error, %d points)", fit.slopeStandardError(), fit.points());
        paragraph(String.format(Locale.ROOT, "%s goes as width^%.3f%s; random: width^-1", name, fit.slope(), error));
    }

    private void companies() {
        for (Inspection found : inspections) {
            found.company().ifPresent(company -> company(found, company));
        }
    }

    private void company(Inspection found, TokenCompany company) {
        paragraph(String.format(
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
        table(
                List.of(
                        Column.text("nearest"),
                        Column.real("cosine", ""),
                        Column.text("strongest interferer"),
                        Column.real("interference", ""),
                        Column.real("its cosine", "")),
                rows);
        paragraph(
                "interference: the unit row of the token times the other row, that is cosine times the other's norm.");
        text.append('\n');
    }

    private static String quoted(TokenCompany.Other other) {
        return "\"" + other.token() + "\"";
    }

    private void table(List<Column> columns, List<List<Table.Cell>> rows) {
        text.append(new Table(columns, rows).toText());
    }

    /// One paragraph, broken at blanks; what comes from files is made safe for the terminal.
    private void paragraph(String sentence) {
        String rest = InputException.printable(sentence);
        String hang = rest.startsWith("  ") ? "    " : "  ";
        String start = "";
        while (start.length() + rest.length() > LINE) {
            int at = rest.lastIndexOf(' ', LINE - start.length());
            if (at <= 2) {
                break;
            }
            text.append(start).append(rest, 0, at).append('\n');
            rest = rest.substring(at + 1);
            start = hang;
        }
        text.append(start).append(rest).append('\n');
    }
}
