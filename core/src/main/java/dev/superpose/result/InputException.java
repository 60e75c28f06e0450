package dev.superpose.result;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Something a person gave cannot be used: a file, a folder, a line of a table. The message is
/// one line that names the source, the place in it, what was expected, what was found, and what
/// to do.
public class InputException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_FINDING = 120;

    /// What is expected may name a thing as the file calls it, which may be of any length.
    private static final int LONGEST_EXPECTATION = 600;

    private final String finding;

    /// An exception whose message is `message` as it stands, made safe for a terminal.
    public InputException(String message) {
        this(message, "");
    }

    /// @param source the file or folder
    /// @param place where in it, such as `byte 8` or `line 3`; empty if the whole of it is meant
    /// @param expected what should be there
    /// @param found what is there
    /// @param remedy what to do, as a sentence without its full stop; empty if there is
    /// nothing to add
    public InputException(Object source, String place, String expected, Object found, String remedy) {
        this(
                finding(source, place, expected, found),
                remedy.isEmpty() ? "" : " (" + cut(remedy, LONGEST_EXPECTATION) + ")");
    }

    private InputException(String finding, String advice) {
        super(printable(finding + advice));
        this.finding = printable(finding);
    }

    /// The message without what to do: for a caller who knows better, because it knows where the
    /// file came from.
    public String finding() {
        return finding;
    }

    private static String finding(Object source, String place, String expected, Object found) {
        String where = place.isEmpty() ? "" : ": " + cut(place, LONGEST_EXPECTATION);
        return "%s%s: expected %s, found %s"
                .formatted(
                        source, where, cut(expected, LONGEST_EXPECTATION), cut(String.valueOf(found), LONGEST_FINDING));
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }

    /// What went wrong with a file, in one line that is safe to print.
    public static String oneLine(IOException failure) {
        return printable(
                failure instanceof FileSystemException bad
                        ? bad.getFile() + ": " + reason(bad)
                        : String.valueOf(failure.getMessage()));
    }

    /// What a file system said, without the file's name.
    public static String reason(FileSystemException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            default -> failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
        };
    }

    /// `text` with every control, format and bidirectional character replaced, so that a hostile
    /// file cannot reach the terminal through a message.
    public static String printable(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(hidden(c) ? '\ufffd' : c));
        return safe.toString();
    }

    /// Whether a terminal obeys the character rather than shows it, or cannot show it.
    static boolean hidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
