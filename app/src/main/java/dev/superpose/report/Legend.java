package dev.superpose.report;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The key of a plot, drawn inside it as marks at fixed pixels: each entry shows the line and the mark as they are in
/// the plot, which the renderer's own legends cannot.
///
/// @param corner where it stands
/// @param entries from top to bottom
record Legend(Corner corner, List<Entry> entries) {
    static final double FONT_SIZE = 11;
    private static final double ROW = 16;
    private static final double SAMPLE = 26;
    private static final double GAP = 7;
    private static final double MARGIN = 10;

    Legend {
        entries = List.copyOf(entries);
    }

    static Legend none() {
        return new Legend(Corner.TOP_RIGHT, List.of());
    }

    enum Corner {
        TOP_LEFT,
        TOP_RIGHT,
        BOTTOM_LEFT,
        BOTTOM_RIGHT,
        /// To the right of the plot, outside it.
        OUTSIDE
    }

    /// What an entry shows beside its words.
    enum Sample {
        POINT,
        OPEN_POINT,
        LINE,
        POINT_AND_LINE,
        BAR
    }

    /// One line of the key.
    record Entry(String text, Style style, Sample sample) {}

    /// Adds the layers that draw the key into a plot of `width` by `height` pixels.
    void addTo(ArrayNode layers, int width, int height) {
        if (entries.isEmpty()) {
            return;
        }
        double longest = entries.stream()
                .mapToDouble(entry -> TextWidth.of(entry.text(), FONT_SIZE))
                .max()
                .orElse(0);
        double boxWidth = SAMPLE + GAP + longest;
        double boxHeight = ROW * entries.size();
        double left = switch (corner) {
            case TOP_LEFT, BOTTOM_LEFT -> MARGIN;
            case TOP_RIGHT, BOTTOM_RIGHT -> width - MARGIN - boxWidth;
            case OUTSIDE -> width + MARGIN + 4;
        };
        double top = switch (corner) {
            case TOP_LEFT, TOP_RIGHT, OUTSIDE -> MARGIN - 4;
            case BOTTOM_LEFT, BOTTOM_RIGHT -> height - MARGIN + 4 - boxHeight;
        };
        for (int i = 0; i < entries.size(); i++) {
            entry(layers, entries.get(i), round(left), round(top + ROW * (i + 0.5)));
        }
    }

    private static void entry(ArrayNode layers, Entry entry, double left, double middle) {
        Style style = entry.style();
        double centre = left + SAMPLE / 2;
        switch (entry.sample()) {
            case LINE -> line(layers, style, left, middle);
            case POINT -> point(layers, style, centre, middle, false);
            case OPEN_POINT -> point(layers, style, centre, middle, true);
            case POINT_AND_LINE -> {
                line(layers, style, left, middle);
                point(layers, style, centre, middle, false);
            }
            case BAR -> {
                ObjectNode mark = at(layers, "point", left + SAMPLE - 6, middle);
                mark.put("shape", "square").put("size", 110).put("filled", true).put("opacity", 0.7);
                colour(mark, style.ink());
            }
        }
        ObjectNode words = at(layers, "text", left + SAMPLE + GAP, middle);
        words.put("align", "left").put("baseline", "middle").put("fontSize", FONT_SIZE);
        words.put("text", entry.text());
        colour(words, Ink.TEXT);
    }

    private static void line(ArrayNode layers, Style style, double left, double middle) {
        ObjectNode mark = at(layers, "rule", left, middle);
        mark.put("strokeWidth", 1.8);
        if (!style.dash().isEmpty()) {
            ArrayNode dash = mark.putArray("strokeDash");
            style.dash().forEach(length -> dash.add((int) length));
        }
        colour(mark, style.ink());
        ObjectNode encoding = (ObjectNode) layers.get(layers.size() - 1).get("encoding");
        encoding.putObject("x2").put("value", left + SAMPLE);
    }

    private static void point(ArrayNode layers, Style style, double centre, double middle, boolean open) {
        ObjectNode mark = at(layers, "point", centre, middle);
        mark.put("shape", style.shape().word())
                .put("size", 46)
                .put("filled", !open)
                .put("strokeWidth", open ? 1.3 : 0)
                .put("opacity", 1);
        colour(mark, style.ink());
    }

    /// Appends a layer of one mark at a pixel of the plot, belonging to no data, and answers the mark.
    private static ObjectNode at(ArrayNode layers, String type, double x, double y) {
        ObjectNode layer = JsonNodeFactory.instance.objectNode();
        layer.putObject("data").putArray("values").addObject();
        ObjectNode mark = layer.putObject("mark").put("type", type).put("aria", false);
        ObjectNode encoding = layer.putObject("encoding");
        encoding.putObject("x").put("value", x);
        encoding.putObject("y").put("value", y);
        layers.add(layer);
        return mark;
    }

    private static void colour(ObjectNode mark, Ink ink) {
        mark.putObject("color").put("expr", ink.parameter());
    }

    private static double round(double pixels) {
        return Math.round(pixels * 2) / 2.0;
    }
}
