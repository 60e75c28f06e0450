package dev.superpose.study;

import dev.superpose.result.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/// A YAML document as a tree that knows its lines, so that whatever is wrong in it can be told
/// with its place.
sealed interface YamlTree {
    /// Deeper than any study file; a hostile one must not exhaust the stack.
    int DEEPEST = 20;

    /// The line it starts at, from 1; 0 of a tree that stands in no file.
    int line();

    /// What it is, for a message.
    String describe();

    /// A line of a file as a message names it; empty for line 0.
    static String place(int line) {
        return line > 0 ? "line " + line : "";
    }

    /// One word or number, as it stands in the file; empty for YAML's null.
    record Scalar(int line, String text) implements YamlTree {
        @Override
        public String describe() {
            return text.isEmpty() ? "nothing" : text;
        }
    }

    /// A list.
    record Sequence(int line, List<YamlTree> items) implements YamlTree {
        @Override
        public String describe() {
            return items.isEmpty() ? "an empty list" : "a list of " + items.size();
        }
    }

    /// Keys and values, in the order of the file.
    record Mapping(int line, Map<Scalar, YamlTree> entries) implements YamlTree {
        @Override
        public String describe() {
            return "a mapping with "
                    + (entries.isEmpty()
                            ? "no keys"
                            : String.join(
                                    ", ",
                                    entries.keySet().stream().map(Scalar::text).toList()));
        }

        /// These keys and those of `base` that are not overridden, without `dropped`.
        ///
        /// @param rivals groups of keys of which one overrides the others too
        Mapping over(Mapping base, List<List<String>> rivals, Collection<String> dropped) {
            Set<String> overridden = new HashSet<>(dropped);
            for (var key : entries.keySet()) {
                overridden.add(key.text());
                rivals.stream().filter(group -> group.contains(key.text())).forEach(overridden::addAll);
            }
            var merged = new LinkedHashMap<Scalar, YamlTree>();
            base.entries.forEach((key, value) -> {
                if (!overridden.contains(key.text())) {
                    merged.put(key, value);
                }
            });
            entries.forEach((key, value) -> {
                if (!dropped.contains(key.text())) {
                    merged.put(key, value);
                }
            });
            return new Mapping(line, merged);
        }
    }

    /// The one document in `text`.
    ///
    /// @param source what to call the file in messages
    static YamlTree parse(String source, String text) throws InputException {
        var factory = new YAMLFactory();
        try (var parser = YAMLMapper.builder(factory).build().createParser(text)) {
            if (parser.nextToken() == null) {
                throw new InputException(source, "", "a study, such as \"widths: [10, 25, 63]\"", "an empty file", "");
            }
            YamlTree tree = read(source, parser, 0);
            if (parser.nextToken() != null) {
                throw new InputException(source, "line " + lineOf(parser), "one document", "a second one", "");
            }
            return tree;
        } catch (JacksonException bad) {
            int line = bad.getLocation() == null ? 0 : bad.getLocation().getLineNr();
            throw new InputException(
                    source,
                    place(line),
                    "YAML",
                    firstLine(bad.getOriginalMessage()),
                    "check indentation, colons and brackets there");
        }
    }

    private static YamlTree read(String source, JsonParser parser, int depth) throws InputException {
        int line = lineOf(parser);
        if (depth > DEEPEST) {
            throw new InputException(source, "line " + line, "at most " + DEEPEST + " levels", "more", "");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new InputException(
                    source, "line " + line, "a value", "an alias, *" + parser.getString(), "write the value out");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            var items = new ArrayList<YamlTree>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(source, parser, depth + 1));
            }
            return new Sequence(line, List.copyOf(items));
        }
        if (token == JsonToken.START_OBJECT) {
            var entries = new LinkedHashMap<Scalar, YamlTree>();
            var seen = new LinkedHashMap<String, Integer>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var key = new Scalar(lineOf(parser), parser.currentName());
                Integer earlier = seen.putIfAbsent(key.text(), key.line());
                if (earlier != null) {
                    throw new InputException(
                            source,
                            "line " + key.line(),
                            "each key once",
                            "'" + key.text() + "' again",
                            "it is also in line " + earlier);
                }
                parser.nextToken();
                entries.put(key, read(source, parser, depth + 1));
            }
            return new Mapping(line, entries);
        }
        return new Scalar(
                line, token == JsonToken.VALUE_NULL ? "" : parser.getString().strip());
    }

    private static int lineOf(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
