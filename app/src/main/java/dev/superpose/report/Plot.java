package dev.superpose.report;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Two axes and what is drawn between them: the building block of a figure's Vega-Lite document.
///
/// @param title over the plot; empty for none
/// @param x the horizontal axis
/// @param y the vertical axis
/// @param yReversed whether the y axis counts downwards, as the rows of a matrix do
/// @param yAtRight whether the y axis stands at the right
/// @param layers from back to front
/// @param legend the key, and the corner it takes unless another hides fewer marks
/// @param width of the area between the axes, in pixels
/// @param height of the area between the axes, in pixels
record Plot(
        String title,
        Axis x,
        Axis y,
        boolean yReversed,
        boolean yAtRight,
        List<Layer> layers,
        Legend legend,
        int width,
        int height) {
    private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json";

    Plot {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a plot without layers: " + title);
        }
    }

    /// A plot with both axes in their usual places.
    Plot(String title, Axis x, Axis y, List<Layer> layers, Legend legend, int width, int height) {
        this(title, x, y, false, false, layers, legend, width, height);
    }

    /// The Vega-Lite document of one plot, or of several side by side.
    static ObjectNode document(List<Plot> plots) {
        return rows(List.of(plots));
    }

    /// The Vega-Lite document of rows of plots, from top to bottom.
    static ObjectNode rows(List<List<Plot>> rows) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$schema", SCHEMA);
        ArrayNode inks = document.putArray("params");
        for (Ink ink : Ink.values()) {
            inks.addObject().put("name", ink.parameter()).put("value", ink.light());
        }
        if (rows.size() == 1) {
            document.setAll(row(rows.getFirst()));
        } else {
            ArrayNode all = document.putArray("vconcat");
            rows.forEach(plots -> all.add(row(plots)));
            document.put("spacing", 26);
        }
        document.set("config", Theme.LIGHT.config());
        return document;
    }

    private static ObjectNode row(List<Plot> plots) {
        if (plots.size() == 1) {
            return plots.getFirst().node(true);
        }
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        ArrayNode sides = row.putArray("hconcat");
        plots.forEach(plot -> sides.add(plot.node(false)));
        row.put("spacing", 34);
        row.putObject("resolve").putObject("scale").put("x", "independent").put("y", "independent");
        return row;
    }

    private ObjectNode node(boolean alone) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (!title.isEmpty()) {
            node.put("title", title);
        }
        node.put("width", width).put("height", height);
        ArrayNode all = node.putArray("layer");
        layers.forEach(layer -> Layer.append(all, layer.node(this)));
        legend.clearOf(this, alone).addTo(all, width, height);
        return node;
    }
}
