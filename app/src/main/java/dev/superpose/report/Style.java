package dev.superpose.report;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a series looks: a colour, and a mark and a dash that tell it apart without colour.
///
/// @param ink the colour
/// @param shape the mark of its points
/// @param dash lengths of strokes and gaps in pixels; empty for a solid line
record Style(Ink ink, Shape shape, List<Integer> dash) {
    static final List<Integer> SOLID = List.of();
    static final List<Integer> DASHED = List.of(7, 4);
    static final List<Integer> DOTTED = List.of(2, 3);
    static final List<Integer> DASH_DOT = List.of(8, 3, 2, 3);

    Style {
        dash = List.copyOf(dash);
    }

    /// The usual look of `ink`: each has its own mark and dash.
    static Style of(Ink ink) {
        return switch (ink) {
            case BLUE -> new Style(ink, Shape.CIRCLE, SOLID);
            case VERMILLION -> new Style(ink, Shape.SQUARE, DASHED);
            case GREEN -> new Style(ink, Shape.TRIANGLE, DASH_DOT);
            case PURPLE -> new Style(ink, Shape.DIAMOND, DOTTED);
            case ORANGE -> new Style(ink, Shape.TRIANGLE_DOWN, SOLID);
            case SKY -> new Style(ink, Shape.CROSS, DASHED);
            case GREY, TEXT -> new Style(ink, Shape.CIRCLE, DOTTED);
        };
    }

    /// The same with another dash.
    Style with(List<Integer> otherDash) {
        return new Style(ink, shape, otherDash);
    }

    /// Puts the look beside the data of a mark: the fields `ink`, `shape` and `dash`.
    void addTo(ObjectNode value) {
        value.put("ink", ink.parameter()).put("shape", shape.word());
        ArrayNode lengths = value.putArray("dash");
        dash.forEach(length -> lengths.add((int) length));
    }

    /// The mark of a point, by its Vega name or its outline in a square of side 2.
    enum Shape {
        CIRCLE("circle"),
        SQUARE("square"),
        TRIANGLE("triangle-up"),
        TRIANGLE_DOWN("triangle-down"),
        DIAMOND("diamond"),
        CROSS("cross"),
        /// A cross that stands on two feet: the mark of no ink, so that it can be that of a kind.
        SALTIRE("M-1,-0.5L-0.5,-1L0,-0.5L0.5,-1L1,-0.5L0.5,0L1,0.5L0.5,1L0,0.5L-0.5,1L-1,0.5L-0.5,0Z");

        private final String word;

        Shape(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
