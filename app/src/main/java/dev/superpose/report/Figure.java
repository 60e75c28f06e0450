package dev.superpose.report;

import dev.superpose.result.InputException;
import dev.superpose.result.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// A figure: what is drawn, what is to be seen in it, the numbers behind it, and how to make it again.
///
/// @param id short and safe as the name of a file: small letters, digits and hyphens
/// @param title a few words
/// @param caption what is seen, in one or two sentences
/// @param document the Vega-Lite specification; complete in itself, pointing nowhere outside
/// @param table the numbers that are drawn
/// @param command the command line that makes the figure again
public record Figure(String id, String title, String caption, ObjectNode document, Table table, String command) {
    /// Checks the id; keeps an own copy of the document, in which no word holds control or bidirectional characters.
    public Figure {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("a figure's id is small letters, digits and hyphens, is: " + id);
        }
        document = (ObjectNode) printable(document);
    }

    /// A copy with every word made safe: the names of files and tokens end up in documents, and SVG cannot even hold
    /// most control characters.
    private static JsonNode printable(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(entry -> copy.set(entry.getKey(), printable(entry.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> copy.add(printable(element)));
                yield copy;
            }
            case StringNode word -> StringNode.valueOf(InputException.printable(word.stringValue()));
            default -> node;
        };
    }
}
