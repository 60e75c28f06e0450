package dev.superpose.report;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The key of a plot, drawn inside it as marks at fixed pixels: each entry shows the line and the
/// mark as they are in the plot, which the renderer's own legends cannot.
///
/// @param corner where it stands
/// @param entries from top to bottom
record Legend(Corner corner, List<Entry> entries) {
    static final double FONT_SIZE = 11;
    private static final double ROW = 16;
    private static final double SAMPLE = 26;
    private static final double GAP = 7;
    private static final double MARGIN = 10;
    /// How near a mark may come, in pixels.
    private static final double CLEARANCE = 4;

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
        OUTSIDE;

        /// The other corners of one inside, the opposite one first: what runs from corner to corner
        /// leaves that free too.
        List<Corner> others() {
            return switch (this) {
                case TOP_LEFT -> List.of(BOTTOM_RIGHT, TOP_RIGHT, BOTTOM_LEFT);
                case TOP_RIGHT -> List.of(BOTTOM_LEFT, TOP_LEFT, BOTTOM_RIGHT);
                case BOTTOM_LEFT -> List.of(TOP_RIGHT, BOTTOM_RIGHT, TOP_LEFT);
                case BOTTOM_RIGHT -> List.of(TOP_LEFT, BOTTOM_LEFT, TOP_RIGHT);
                case OUTSIDE -> List.of();
            };
        }
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

    /// The same key in the corner where it hides the fewest marks of `plot`: its own if that is as
    /// good as any. One that stands outside stays there.
    ///
    /// @param room whether there is room outside, for a key that no corner is free for
    Legend clearOf(Plot plot, boolean room) {
        if (corner == Corner.OUTSIDE || entries.isEmpty()) {
            return this;
        }
        Corner best = corner;
        long fewest = marksUnder(corner, plot);
        for (Corner other : corner.others()) {
            long hidden = marksUnder(other, plot);
            if (hidden < fewest) {
                best = other;
                fewest = hidden;
            }
        }
        return new Legend(fewest > 0 && room ? Corner.OUTSIDE : best, entries);
    }

    private long marksUnder(Corner place, Plot plot) {
        double left = left(place, plot.width()) - CLEARANCE;
        double top = top(place, plot.height()) - CLEARANCE;
        double right = left + boxWidth() + 2 * CLEARANCE;
        double bottom = top + boxHeight() + 2 * CLEARANCE;
        return plot.layers().stream()
                .flatMap(layer -> layer.marks().stream())
                .filter(mark -> {
                    double x = plot.x().fraction(mark.x()) * plot.width();
                    double y = (1 - plot.y().fraction(mark.y())) * plot.height();
                    return x > left && x < right && y > top && y < bottom;
                })
                .count();
    }

    private double boxWidth() {
        double longest = entries.stream()
                .mapToDouble(entry -> TextWidth.of(entry.text(), FONT_SIZE))
                .max()
                .orElse(0);
        return SAMPLE + GAP + longest;
    }

    private double boxHeight() {
        return ROW * entries.size();
    }

    private double left(Corner place, int width) {
        return switch (place) {
            case TOP_LEFT, BOTTOM_LEFT -> MARGIN;
            case TOP_RIGHT, BOTTOM_RIGHT -> width - MARGIN - boxWidth();
            case OUTSIDE -> width + MARGIN + 4;
        };
    }

    private double top(Corner place, int height) {
        return switch (place) {
            case TOP_LEFT, TOP_RIGHT, OUTSIDE -> MARGIN - 4;
            case BOTTOM_LEFT, BOTTOM_RIGHT -> height - MARGIN + 4 - boxHeight();
        };
    }

    /// Adds the layers that draw the key into a plot of `width` by `height` pixels.
    void addTo(ArrayNode layers, int width, int height) {
        if (entries.isEmpty()) {
            return;
        }
        double left = left(corner, width);
        double top = top(corner, height);
        // Lines first, then marks, then words: neighbours of one kind become one layer.
        for (Part part : Part.values()) {
            for (int i = 0; i < entries.size(); i++) {
                part.draw(layers, entries.get(i), round(left), round(top + ROW * (i + 0.5)));
            }
        }
    }

    /// What an entry is made of.
    private enum Part {
        LINES {
            @Override
            void draw(ArrayNode layers, Entry entry, double left, double middle) {
                if (entry.sample() == Sample.LINE || entry.sample() == Sample.POINT_AND_LINE) {
                    ObjectNode layer = at("rule", entry.style(), left, middle);
                    value(layer).put("px2", left + SAMPLE);
                    mark(layer).put("strokeWidth", 1.8).putObject("strokeDash").put("expr", "datum.dash");
                    pixel((ObjectNode) layer.get("encoding"), "x2", "px2");
                    Layer.append(layers, layer);
                }
            }
        },
        MARKS {
            @Override
            void draw(ArrayNode layers, Entry entry, double left, double middle) {
                switch (entry.sample()) {
                    case LINE, BAR -> {}
                    case POINT, POINT_AND_LINE -> point(layers, entry.style(), left, middle, false);
                    case OPEN_POINT -> point(layers, entry.style(), left, middle, true);
                }
            }
        },
        BARS {
            @Override
            void draw(ArrayNode layers, Entry entry, double left, double middle) {
                if (entry.sample() == Sample.BAR) {
                    ObjectNode layer = at("point", entry.style(), left + SAMPLE - 6, middle);
                    mark(layer)
                            .put("shape", "square")
                            .put("size", 110)
                            .put("filled", true)
                            .put("opacity", 0.7);
                    Layer.append(layers, layer);
                }
            }
        },
        WORDS {
            @Override
            void draw(ArrayNode layers, Entry entry, double left, double middle) {
                ObjectNode layer = at("text", Style.of(Ink.TEXT), left + SAMPLE + GAP, middle);
                value(layer).put("words", entry.text());
                mark(layer)
                        .put("align", "left")
                        .put("baseline", "middle")
                        .put("fontSize", FONT_SIZE)
                        .putObject("text")
                        .put("expr", "datum.words");
                Layer.append(layers, layer);
            }
        };

        abstract void draw(ArrayNode layers, Entry entry, double left, double middle);
    }

    private static void point(ArrayNode layers, Style style, double left, double middle, boolean open) {
        ObjectNode layer = at("point", style, left + SAMPLE / 2, middle);
        mark(layer)
                .put("size", 46)
                .put("filled", !open)
                .put("strokeWidth", open ? 1.3 : 0)
                .put("opacity", 1)
                .putObject("shape")
                .put("expr", "datum.shape");
        Layer.append(layers, layer);
    }

    /// A layer of one mark at a pixel of the plot, in the ink of `style`.
    private static ObjectNode at(String type, Style style, double x, double y) {
        ObjectNode layer = JsonNodeFactory.instance.objectNode();
        ObjectNode value = layer.putObject("data").putArray("values").addObject();
        value.put("px", x).put("py", y);
        style.addTo(value);
        ObjectNode mark = layer.putObject("mark").put("type", type).put("aria", false);
        Ink.colour(mark);
        ObjectNode encoding = layer.putObject("encoding");
        pixel(encoding, "x", "px");
        pixel(encoding, "y", "py");
        return layer;
    }

    private static ObjectNode value(ObjectNode layer) {
        return (ObjectNode) layer.at("/data/values/0");
    }

    private static ObjectNode mark(ObjectNode layer) {
        return (ObjectNode) layer.get("mark");
    }

    /// Places a channel at the pixel that a field of the data says, whatever the axes are.
    private static void pixel(ObjectNode encoding, String channel, String field) {
        encoding.putObject(channel).putObject("value").put("expr", "datum." + field);
    }

    private static double round(double pixels) {
        return Math.round(pixels * 2) / 2.0;
    }
}
