package dev.superpose.report;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One kind of mark in a plot, with its data. Coordinates are in the units of the plot's axes.
sealed interface Layer {

    /// The field of a line's points that tells it from other lines of the same Vega-Lite layer.
    String CURVE = "curve";

    /// The Vega-Lite layer. Where the look of marks is in the data, neighbours of one kind can be
    /// one layer, see [#append].
    ObjectNode node(Plot plot);

    /// Where the single marks of this layer are, ends of bars included: what a key must not hide.
    default List<Point> marks() {
        return List.of();
    }

    /// Appends `layer` to `layers`, or only its data to the last of them where all else is the
    /// same: what the renderer takes time for is layers, not data.
    static void append(ArrayNode layers, ObjectNode layer) {
        int number = layers.size();
        ObjectNode last = number == 0 ? null : (ObjectNode) layers.get(number - 1);
        boolean line = layer.at("/encoding/detail").isObject();
        if (last == null || !sameButData(last, layer)) {
            if (line) {
                values(layer).forEach(value -> ((ObjectNode) value).put(CURVE, 0));
            }
            layers.add(layer);
            return;
        }
        ArrayNode all = values(last);
        int next = line ? all.get(all.size() - 1).get(CURVE).asInt() + 1 : 0;
        for (JsonNode value : values(layer)) {
            if (line) {
                ((ObjectNode) value).put(CURVE, next);
            }
            all.add(value);
        }
    }

    private static boolean sameButData(ObjectNode one, ObjectNode other) {
        return one.has("encoding")
                && one.size() == other.size()
                && one.properties().stream()
                        .allMatch(part ->
                                part.getKey().equals("data") || part.getValue().equals(other.get(part.getKey())));
    }

    private static ArrayNode values(ObjectNode layer) {
        return (ArrayNode) layer.at("/data/values");
    }

    /// A place, and what to say when a reader points at it.
    record Point(double x, double y, String note) {}

    /// A range of `y` at `x`.
    record Interval(double x, double low, double high) {}

    /// A bar of a histogram: `count` from `from` to `to`.
    record Bin(double from, double to, double count) {}

    /// A square of a heat map.
    ///
    /// @param x its place, a whole number
    /// @param y its place, a whole number
    /// @param colour as 0xRRGGBB
    /// @param words what is written on it; may be empty
    /// @param note what to say when a reader points at it
    record Cell(int x, int y, int colour, String words, String note) {}

    /// Single measurements.
    ///
    /// @param size the area of a mark in square pixels
    /// @param open drawn as outlines
    record Points(Style style, double size, boolean open, List<Point> points) implements Layer {
        private static final double PUBLISHED_SIZE = 62;

        public Points {
            points = List.copyOf(points);
        }

        @Override
        public List<Point> marks() {
            return points;
        }

        /// Published values: of one look in every figure, but for the ink, which is
        /// that of their curve.
        static Points published(Ink ink, List<Point> points) {
            return new Points(new Style(ink, Style.Shape.CIRCLE, Style.SOLID), PUBLISHED_SIZE, true, points);
        }

        @Override
        public ObjectNode node(Plot plot) {
            ObjectNode layer = withPoints(plot, points);
            look(layer, style);
            ObjectNode mark = mark(layer, "point");
            Ink.colour(mark);
            mark.putObject("shape").put("expr", "datum.shape");
            mark.put("size", size).put("filled", !open).put("opacity", open ? 0.9 : 0.85);
            if (open) {
                mark.put("strokeWidth", 1.3);
            }
            ArrayNode tooltip = encode(layer, plot, "y").putArray("tooltip");
            tooltip.addObject()
                    .put("field", "x")
                    .put("type", "quantitative")
                    .put("title", plot.x().title())
                    .put("format", ",~g");
            tooltip.addObject()
                    .put("field", "y")
                    .put("type", "quantitative")
                    .put("title", plot.y().title())
                    .put("format", ".4~g");
            tooltip.addObject().put("field", "note").put("type", "nominal").put("title", "what");
            return layer;
        }
    }

    /// A line through points in their order: a fit, a theory, a guide for the eye.
    record Line(Style style, double thickness, List<Point> points) implements Layer {
        public Line {
            points = List.copyOf(points);
        }

        @Override
        public ObjectNode node(Plot plot) {
            ObjectNode layer = withPoints(plot, points);
            look(layer, style);
            ObjectNode mark = mark(layer, "line");
            Ink.colour(mark);
            mark.putObject("strokeDash").put("expr", "datum.dash");
            mark.put("strokeWidth", thickness).put("clip", true);
            ObjectNode encoding = encode(layer, plot, "y");
            encoding.putObject("order").put("field", "x").put("type", "quantitative");
            encoding.putObject("detail").put("field", CURVE).put("type", "nominal");
            return layer;
        }
    }

    /// An uncertainty around a line.
    record Band(Ink ink, List<Interval> intervals) implements Layer {
        public Band {
            intervals = List.copyOf(intervals);
        }

        @Override
        public ObjectNode node(Plot plot) {
            ObjectNode layer = withIntervals(plot, intervals);
            ObjectNode mark = mark(layer, "area");
            mark.put("opacity", 0.16).put("clip", true);
            colour(mark, ink);
            encode(layer, plot, "low").putObject("y2").put("field", "high");
            return layer;
        }
    }

    /// An uncertainty at each point.
    record ErrorBars(Ink ink, double thickness, List<Interval> intervals) implements Layer {
        public ErrorBars {
            intervals = List.copyOf(intervals);
        }

        @Override
        public List<Point> marks() {
            return intervals.stream()
                    .flatMap(bar -> Stream.of(new Point(bar.x(), bar.low(), ""), new Point(bar.x(), bar.high(), "")))
                    .toList();
        }

        @Override
        public ObjectNode node(Plot plot) {
            ObjectNode layer = withIntervals(plot, intervals);
            look(layer, Style.of(ink));
            ObjectNode mark = mark(layer, "rule");
            mark.put("strokeWidth", thickness).put("clip", true);
            Ink.colour(mark);
            encode(layer, plot, "low").putObject("y2").put("field", "high");
            return layer;
        }
    }

    /// A straight line across the plot at one value of x or y.
    record Across(Style style, boolean vertical, double at) implements Layer {
        private static final double THICKNESS = 1.3;

        @Override
        public ObjectNode node(Plot plot) {
            double[] ends = vertical ? ends(plot.y()) : ends(plot.x());
            List<Point> points = vertical
                    ? List.of(new Point(at, ends[0], ""), new Point(at, ends[1], ""))
                    : List.of(new Point(ends[0], at, ""), new Point(ends[1], at, ""));
            return new Line(style, THICKNESS, points).node(plot);
        }

        private static double[] ends(Axis axis) {
            return new double[] {axis.from(), axis.to()};
        }
    }

    /// A histogram, its bars side by side on the x axis.
    record Bars(Ink ink, double opacity, List<Bin> bins) implements Layer {
        public Bars {
            bins = List.copyOf(bins);
        }

        @Override
        public ObjectNode node(Plot plot) {
            ObjectNode layer = JsonNodeFactory.instance.objectNode();
            ArrayNode values = layer.putObject("data").putArray("values");
            // A logarithmic count axis has no zero: bars then stand on its lower end.
            double foot = plot.y().log() ? plot.y().from() : 0;
            for (Bin bin : bins) {
                if (bin.count() > 0) {
                    values.addObject()
                            .put("x", bin.from())
                            .put("x2", bin.to())
                            .put("foot", foot)
                            .put("y", bin.count());
                }
            }
            ObjectNode mark = mark(layer, "rect");
            mark.put("opacity", opacity).put("clip", true);
            colour(mark, ink);
            ObjectNode encoding = encode(layer, plot, "y");
            encoding.putObject("x2").put("field", "x2");
            encoding.putObject("y2").put("field", "foot");
            ArrayNode tooltip = encoding.putArray("tooltip");
            tooltip.addObject()
                    .put("field", "x")
                    .put("type", "quantitative")
                    .put("title", "from")
                    .put("format", ".3~g");
            tooltip.addObject()
                    .put("field", "x2")
                    .put("type", "quantitative")
                    .put("title", "to")
                    .put("format", ".3~g");
            tooltip.addObject()
                    .put("field", "y")
                    .put("type", "quantitative")
                    .put("title", plot.y().title())
                    .put("format", ",~g");
            return layer;
        }
    }

    /// The squares of a small heat map at whole numbers of x and y, each with its value in words.
    record Cells(List<Cell> cells) implements Layer {
        private static final double FONT = 9.5;

        public Cells {
            cells = List.copyOf(cells);
        }

        @Override
        public ObjectNode node(Plot plot) {
            ObjectNode layer = JsonNodeFactory.instance.objectNode();
            ArrayNode values = layer.putObject("data").putArray("values");
            for (Cell cell : cells) {
                values.addObject()
                        .put("x", cell.x() - 0.5)
                        .put("x2", cell.x() + 0.5)
                        .put("y", cell.y() - 0.5)
                        .put("y2", cell.y() + 0.5)
                        .put("cx", cell.x())
                        .put("cy", cell.y())
                        .put("fill", Shade.hex(cell.colour()))
                        .put("ink", Shade.hex(Shade.inkOn(cell.colour())))
                        .put("words", cell.words())
                        .put("note", cell.note());
            }
            ArrayNode parts = layer.putArray("layer");
            ObjectNode squares = parts.addObject();
            squares.putObject("mark").put("type", "rect").put("aria", false);
            ObjectNode encoding = encode(squares, plot, "y");
            encoding.putObject("x2").put("field", "x2");
            encoding.putObject("y2").put("field", "y2");
            ownColour(encoding, "fill");
            encoding.putObject("tooltip").put("field", "note").put("type", "nominal");
            ObjectNode words = parts.addObject();
            words.putObject("mark").put("type", "text").put("fontSize", FONT).put("aria", true);
            ObjectNode places = words.putObject("encoding");
            places.set("x", plot.x().encoding("cx", false, false));
            places.set("y", plot.y().encoding("cy", plot.yReversed(), plot.yAtRight()));
            places.putObject("text").put("field", "words").put("type", "nominal");
            ownColour(places, "ink");
            places.putObject("tooltip").put("field", "note").put("type", "nominal");
            return layer;
        }

        /// Colours are in the data as they are: the renderer makes no scale of them.
        private static void ownColour(ObjectNode encoding, String field) {
            encoding.putObject("color")
                    .put("field", field)
                    .put("type", "nominal")
                    .putNull("scale");
        }
    }

    /// A picture that fills the plot, such as a heat map too fine for single marks.
    ///
    /// @param address a `data:` address: a document never points outside itself
    record Picture(String address) implements Layer {
        public Picture {
            if (!address.startsWith("data:image/png;base64,")) {
                throw new IllegalArgumentException("a picture lies in the document itself, as a data: address");
            }
        }

        @Override
        public ObjectNode node(Plot plot) {
            // The upper left corner: with the y axis reversed that is its lower end.
            double top = plot.yReversed() ? plot.y().from() : plot.y().to();
            ObjectNode layer = withPoints(plot, List.of(new Point(plot.x().from(), top, "")));
            ObjectNode mark = mark(layer, "image");
            mark.put("aspect", false)
                    .put("align", "left")
                    .put("baseline", "top")
                    .put("smooth", false)
                    .put("width", plot.width())
                    .put("height", plot.height());
            ObjectNode encoding = encode(layer, plot, "y");
            encoding.putObject("url").put("value", address);
            return layer;
        }
    }

    private static ObjectNode withPoints(Plot plot, List<Point> points) {
        ObjectNode layer = JsonNodeFactory.instance.objectNode();
        ArrayNode values = layer.putObject("data").putArray("values");
        for (Point point : points) {
            plot.x().check(point.x());
            plot.y().check(point.y());
            ObjectNode value = values.addObject().put("x", point.x()).put("y", point.y());
            if (!point.note().isEmpty()) {
                value.put("note", point.note());
            }
        }
        return layer;
    }

    private static ObjectNode withIntervals(Plot plot, List<Interval> intervals) {
        ObjectNode layer = JsonNodeFactory.instance.objectNode();
        ArrayNode values = layer.putObject("data").putArray("values");
        for (Interval interval : intervals) {
            plot.x().check(interval.x());
            // A lower end at or below zero runs off a logarithmic axis at its end.
            double low = plot.y().log() ? Math.max(interval.low(), plot.y().from()) : interval.low();
            plot.y().check(low);
            plot.y().check(interval.high());
            values.addObject().put("x", interval.x()).put("low", low).put("high", interval.high());
        }
        return layer;
    }

    private static ObjectNode mark(ObjectNode layer, String type) {
        // Read aloud are the measurements alone: the lines would repeat them.
        return layer.putObject("mark").put("type", type).put("aria", type.equals("point"));
    }

    /// Puts ink, mark and dash beside every value of `layer`.
    private static void look(ObjectNode layer, Style style) {
        for (JsonNode value : values(layer)) {
            style.addTo((ObjectNode) value);
        }
    }

    private static void colour(ObjectNode mark, Ink ink) {
        mark.putObject("color").put("expr", ink.parameter());
    }

    private static ObjectNode encode(ObjectNode layer, Plot plot, String y) {
        ObjectNode encoding = layer.putObject("encoding");
        encoding.set("x", plot.x().encoding("x", false, false));
        encoding.set("y", plot.y().encoding(y, plot.yReversed(), plot.yAtRight()));
        return encoding;
    }
}
