package dev.superpose.report;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The ground of a figure: its Vega configuration and the values of its inks.
enum Theme {
    LIGHT("#FFFFFF", "#1F2328", "#57606A", "#E7EAEE"),
    DARK("#14171C", "#E6EAF0", "#A8B1BE", "#2A3038");

    /// One family for all figures: the metrics that the layout is computed with.
    static final String FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";

    private final String ground;
    private final String text;
    private final String quiet;
    private final String grid;

    Theme(String ground, String text, String quiet, String grid) {
        this.ground = ground;
        this.text = text;
        this.quiet = quiet;
        this.grid = grid;
    }

    /// The Vega-Lite configuration.
    ObjectNode config() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("background", ground).put("font", FONT).put("padding", 6);
        config.putObject("view").putNull("stroke");
        config.putObject("axis")
                .put("labelFontSize", 11)
                .put("titleFontSize", 12)
                .put("titleFontWeight", "normal")
                .put("labelColor", quiet)
                .put("titleColor", text)
                .put("titlePadding", 8)
                .put("gridColor", grid)
                .put("gridWidth", 1)
                .put("domainColor", quiet)
                .put("tickColor", quiet)
                .put("tickSize", 4)
                .put("labelOverlap", true);
        config.putObject("title")
                .put("fontSize", 12.5)
                .put("fontWeight", "bold")
                .put("anchor", "start")
                .put("frame", "group")
                .put("color", text)
                .put("offset", 10);
        return config;
    }

    /// The value of every ink on this ground, by the name of its parameter.
    ObjectNode inks() {
        ObjectNode inks = JsonNodeFactory.instance.objectNode();
        for (Ink ink : Ink.values()) {
            inks.put(ink.parameter(), this == LIGHT ? ink.light() : ink.dark());
        }
        return inks;
    }
}
