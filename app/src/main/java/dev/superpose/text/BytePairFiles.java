package dev.superpose.text;

import dev.superpose.result.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The tokenizer of GPT-2 and its kin in its two old files: `vocab.json` (entry to row) and
/// `merges.txt`, or `encoder.json` and `vocab.bpe` as OpenAI named them.
///
/// @param vocabulary row by entry
/// @param merges two entries with a blank between, the first merged first
record BytePairFiles(Map<String, Integer> vocabulary, List<String> merges) {
    private static final Map<String, String> MERGES = Map.of("vocab.json", "merges.txt", "encoder.json", "vocab.bpe");
    private static final String END_OF_TEXT = "<|endoftext|>";
    private static final JsonMapper JSON = JsonMapper.shared();

    BytePairFiles {
        vocabulary = Map.copyOf(vocabulary);
        merges = List.copyOf(merges);
    }

    /// Whether `file` is named like the vocabulary of such a pair.
    static boolean isVocabulary(Path file) {
        return MERGES.containsKey(String.valueOf(file.getFileName()));
    }

    /// Reads the pair whose vocabulary is `file`.
    static BytePairFiles of(Path file) throws IOException {
        String name = MERGES.getOrDefault(String.valueOf(file.getFileName()), "merges.txt");
        Path merges = file.resolveSibling(name);
        if (!Files.isRegularFile(merges)) {
            throw new InputException(
                    file,
                    "",
                    name + " beside it",
                    "none",
                    "a vocabulary alone does not say how text is split; fetch tokenizer.json or " + name);
        }
        return new BytePairFiles(vocabulary(file), merges(merges));
    }

    private static Map<String, Integer> vocabulary(Path file) throws IOException {
        Map<String, Integer> rows = new LinkedHashMap<>();
        try {
            JSON.readTree(Files.readString(file))
                    .properties()
                    .forEach(entry -> rows.put(entry.getKey(), entry.getValue().asInt()));
        } catch (JacksonException broken) {
            throw new InputException(file, "", "an object of rows", broken.getOriginalMessage(), "fetch it again");
        }
        return rows;
    }

    private static List<String> merges(Path file) throws IOException {
        List<String> merges = new ArrayList<>();
        long number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            boolean heading = number == 1 && line.startsWith("#version");
            if (heading || line.isEmpty()) {
                continue;
            }
            if (line.split(" ", -1).length != 2) {
                throw new InputException(
                        file, "line %,d".formatted(number), "two entries with a blank between", line, "fetch it again");
            }
            merges.add(line);
        }
        return merges;
    }

    /// The same as the `tokenizer.json` that transformers writes for such a pair: byte-level,
    /// GPT-2's split of words, no blank put before the text.
    String description() {
        var document = JSON.createObjectNode();
        document.put("version", "1.0");
        var added = document.putArray("added_tokens");
        Integer end = vocabulary.get(END_OF_TEXT);
        if (end != null) {
            added.addObject()
                    .put("id", end)
                    .put("content", END_OF_TEXT)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        document.putNull("normalizer");
        document.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        document.putNull("post_processor");
        document.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        var model = document.putObject("model").put("type", "BPE");
        model.put("fuse_unk", false).put("byte_fallback", false);
        var rows = model.putObject("vocab");
        vocabulary.forEach(rows::put);
        var order = model.putArray("merges");
        merges.forEach(order::add);
        return document.toString();
    }
}
