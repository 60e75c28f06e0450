package dev.superpose.cli;

import dev.superpose.checkpoint.Checkpoint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What makes models one family, that is one curve of overlap against width.
sealed interface Grouping {
    /// The family of what has no other.
    String OTHERS = "others";

    /// The family of `model`, which is open.
    ///
    /// @param folder the family that its place among the files gives it
    String family(Checkpoint model, String folder);

    /// The models of a named folder, and the models named side by side.
    record Folder() implements Grouping {
        @Override
        public String family(Checkpoint model, String folder) {
            return folder;
        }
    }

    /// Models of one architecture, by the word that their own files have for it.
    record Architecture() implements Grouping {
        @Override
        public String family(Checkpoint model, String folder) {
            return model.architecture().orElse(OTHERS);
        }
    }

    /// Everything together.
    record All() implements Grouping {
        @Override
        public String family(Checkpoint model, String folder) {
            return "all models";
        }
    }

    /// Models in whose name the pattern finds the same: its first group, or all it
    /// matches if it has none.
    record Name(Pattern pattern) implements Grouping {
        @Override
        public String family(Checkpoint model, String folder) {
            Matcher matcher = pattern.matcher(model.model());
            if (!matcher.find()) {
                return OTHERS;
            }
            String found = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
            return found == null || found.isEmpty() ? OTHERS : found;
        }
    }

    /// The grouping that `words` of the command line ask for.
    ///
    /// @throws IllegalArgumentException if they ask for none
    static Grouping parse(String words) {
        return switch (words) {
            case "folder" -> new Folder();
            case "type" -> new Architecture();
            case "all" -> new All();
            default -> {
                if (!words.startsWith("name=")) {
                    throw new IllegalArgumentException(
                            "--group-by expects folder, type, all or name=REGEX, found " + words);
                }
                try {
                    yield new Name(Pattern.compile(words.substring("name=".length())));
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException(
                            "--group-by %s: not a regular expression: %s".formatted(words, e.getDescription()), e);
                }
            }
        };
    }
}
