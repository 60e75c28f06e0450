package dev.superpose.cli;

import dev.superpose.checkpoint.Tokens;
import dev.superpose.result.InputException;
import dev.superpose.result.Provenance;
import dev.superpose.result.Table;
import dev.superpose.result.Table.Column;
import dev.superpose.stat.RankFrequency;
import dev.superpose.stat.RankFrequency.Method;
import dev.superpose.stat.RankFrequency.PowerLaw;
import dev.superpose.text.TokenCounts;
import dev.superpose.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the counts of tokens say, for a terminal, for programs and for a report.
///
/// @param tokenizer the file
/// @param texts the files that were read
/// @param laws none where fewer than three tokens occur
record TokensReading(
        String tokenizer,
        List<String> texts,
        long tokens,
        int vocabulary,
        long distinct,
        long documents,
        long cuts,
        long invalidUtf8,
        double bytesPerToken,
        List<PowerLaw> laws,
        List<Frequent> mostFrequent,
        List<String> notes,
        Provenance provenance) {
    private static final Pattern RANKS = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");

    /// One of the most frequent tokens.
    ///
    /// @param token as the vocabulary spells it
    record Frequent(int row, String token, String text, long count, double share) {}

    static TokensReading of(
            Tokenizer tokenizer,
            List<Path> files,
            TokenCounts counts,
            RankFrequency frequencies,
            @Nullable String ranks,
            int most,
            Provenance provenance) {
        return new TokensReading(
                tokenizer.file().toString(),
                files.stream().map(Path::toString).toList(),
                counts.tokens(),
                counts.vocabulary(),
                counts.distinct(),
                counts.documents(),
                counts.cuts(),
                counts.faults(),
                counts.bytesPerToken(),
                laws(frequencies, ranks),
                mostFrequent(counts, tokenizer.tokens(), most),
                counts.notes(),
                provenance);
    }

    private static List<PowerLaw> laws(RankFrequency frequencies, @Nullable String ranks) {
        int from = 1;
        int to = frequencies.distinct();
        if (ranks != null) {
            var parts = RANKS.matcher(ranks);
            if (!parts.matches()) {
                throw new IllegalArgumentException("--ranks is FROM:TO, such as 1:5000, not " + ranks);
            }
            from = Integer.parseInt(parts.group(1));
            to = Math.min(to, Integer.parseInt(parts.group(2)));
        } else if (to < 3) {
            return List.of();
        }
        List<PowerLaw> laws = new ArrayList<>();
        for (Method method : Method.values()) {
            laws.add(frequencies.fit(method, from, to));
        }
        return laws;
    }

    private static List<Frequent> mostFrequent(TokenCounts counts, Tokens tokens, int most) {
        long[] all = counts.counts();
        return IntStream.range(0, all.length)
                .filter(row -> all[row] > 0)
                .boxed()
                .sorted((one, other) -> Long.compare(all[other], all[one]))
                .limit(most)
                .map(row -> new Frequent(
                        row, tokens.entry(row), tokens.text(row), all[row], (double) all[row] / counts.tokens()))
                .toList();
    }

    String title() {
        return Path.of(tokenizer).getFileName() + " on "
                + (texts.size() == 1 ? Path.of(texts.getFirst()).getFileName() : texts.size() + " files");
    }

    /// What the counts are, without the fits.
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("tokenizer", tokenizer);
        facts.put("texts", texts);
        facts.put("tokens", tokens);
        facts.put("vocabulary", vocabulary);
        facts.put("distinct", distinct);
        facts.put("never_seen", vocabulary - distinct);
        facts.put("documents", documents);
        facts.put("cuts", cuts);
        facts.put("invalid_utf8", invalidUtf8);
        facts.put("bytes_per_token", bytesPerToken);
        facts.put("special_tokens_added", false);
        facts.put("notes", notes);
        facts.put("provenance", provenance);
        return facts;
    }

    /// All of it, for programs.
    Map<String, Object> document() {
        Map<String, Object> document = facts();
        document.remove("provenance");
        Map<String, Object> exponents = new LinkedHashMap<>();
        laws.forEach(law -> exponents.put(law.method().name().toLowerCase(Locale.ROOT), law));
        document.put("rank_frequency", exponents);
        document.put("most_frequent", mostFrequent);
        document.put("provenance", provenance);
        return document;
    }

    /// The tokens that come most often, as a table.
    Table mostFrequentTable() {
        return new Table(
                List.of(
                        Column.text("token"),
                        Column.whole("row", ""),
                        Column.whole("count", ""),
                        Column.real("share", "%")),
                mostFrequent.stream()
                        .map(each -> Table.row(
                                "\"" + InputException.printable(each.text().replace("\n", "\\n")) + "\"",
                                each.row(),
                                each.count(),
                                100 * each.share()))
                        .toList());
    }

    /// Paragraphs for a report.
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "%,d tokens in %,d documents; %,d of %,d rows of the vocabulary occur, %,d never. %s bytes per token."
                        .formatted(
                                tokens,
                                documents,
                                distinct,
                                vocabulary,
                                vocabulary - distinct,
                                Table.brief(bytesPerToken)));
        laws.stream().map(TokensReading::words).forEach(sentences::add);
        sentences.addAll(notes.stream().map(InputException::printable).toList());
        return sentences;
    }

    private static String words(PowerLaw law) {
        return "alpha = %s ± %s by %s, ranks %,d to %,d."
                .formatted(
                        Table.brief(law.alpha()),
                        "%.2g".formatted(law.standardError()),
                        law.method().label(),
                        law.from(),
                        law.to());
    }

    /// Lines for a terminal.
    String text() {
        var text = new StringBuilder();
        text.append("%,d tokens in %,d document%s, %s bytes each%n"
                .formatted(tokens, documents, documents == 1 ? "" : "s", Table.brief(bytesPerToken)));
        text.append("%,d of the %,d rows of %s occur, %,d never%n"
                .formatted(distinct, vocabulary, InputException.printable(tokenizer), vocabulary - distinct));
        notes.forEach(note -> text.append("note: %s%n".formatted(InputException.printable(note))));
        text.append('\n').append(mostFrequentTable().toText());
        if (laws.isEmpty()) {
            return text.append("\nno exponent: fewer than three tokens occur\n").toString();
        }
        text.append("\nfrequency goes as rank^-alpha, ranks %,d to %,d%n"
                .formatted(laws.getFirst().from(), laws.getFirst().to()));
        text.append(new Table(
                        List.of(
                                Column.text("estimate"),
                                Column.real("alpha", ""),
                                Column.real("std_error", ""),
                                Column.real("line_error", ""),
                                Column.real("r_squared", "")),
                        laws.stream()
                                .map(law -> Table.row(
                                        law.method().label(),
                                        law.alpha(),
                                        law.standardError(),
                                        law.lineStandardError(),
                                        law.rSquared()))
                                .toList())
                .toText());
        text.append("std_error: over other texts of as many independent tokens; real texts vary more.\n");
        text.append("line_error: of a line through 1000 points, as published fits give it.\n");
        return text.toString();
    }
}
