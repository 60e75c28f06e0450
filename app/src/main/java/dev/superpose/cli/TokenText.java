package dev.superpose.cli;

import dev.superpose.checkpoint.PackedMatrix;
import dev.superpose.checkpoint.Tokens;

/// The tokens of a matrix in words that can be printed and read back.
final class TokenText {
    private TokenText() {}

    /// What row `row` stands for, or `#row` where that is not known: the token's meaning, or how
    /// the vocabulary writes it where it is only a part of a character. It comes from a file.
    static String of(PackedMatrix matrix, long row) {
        return matrix.tokens().map(tokens -> of(tokens, row)).orElse("#" + row);
    }

    private static String of(Tokens tokens, long row) {
        String text = tokens.text(row);
        return text.indexOf('\ufffd') < 0 ? text : tokens.entry(row);
    }

    /// `text` on one line, with nothing hidden: a line feed, return and tab as `\n`, `\r` and
    /// `\t`, a backslash as two, and each other character that shows nothing, such as a
    /// zero-width blank, as a backslash and `u{200b}`, its code point. It can be turned back.
    static String escaped(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                case '\\' -> safe.append("\\\\");
                default -> {
                    if (isHidden(c)) {
                        safe.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
