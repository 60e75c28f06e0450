package dev.superpose.models;

import dev.superpose.geometry.WidthTrend;
import dev.superpose.published.PublishedModels.Family;
import dev.superpose.published.PublishedModels.ModelOverlap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// How the mean squared overlap of language models' heads goes with their width, against the 1/m of
/// random directions: all of them, and with each family alone and left out.
///
/// @param all models
/// @param of each family alone
/// @param without each family
/// @param times mean squared overlap times m of every model, in order: 1 for random directions
public record HeadOverlaps(
        WidthTrend all, Map<Family, WidthTrend> of, Map<Family, WidthTrend> without, List<Times> times) {

    public HeadOverlaps {
        of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
        without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
        times = List.copyOf(times);
    }

    /// How far a head is from random directions.
    ///
    /// @param head as it was published
    /// @param value its mean squared overlap times m
    public record Times(ModelOverlap head, double value) {}

    /// Analyses `heads`.
    ///
    /// @throws IllegalArgumentException if a family, or all but one, has fewer than two widths
    public static HeadOverlaps of(List<ModelOverlap> heads) {
        var of = new LinkedHashMap<Family, WidthTrend>();
        var without = new LinkedHashMap<Family, WidthTrend>();
        for (Family family : heads.stream().map(ModelOverlap::family).distinct().toList()) {
            of.put(family, trend(heads, head -> head.family() == family));
            without.put(family, trend(heads, head -> head.family() != family));
        }
        return new HeadOverlaps(
                trend(heads, _ -> true),
                of,
                without,
                heads.stream()
                        .map(head -> new Times(head, head.meanSquare() * head.width()))
                        .toList());
    }

    private static WidthTrend trend(List<ModelOverlap> heads, Predicate<ModelOverlap> wanted) {
        var used = heads.stream().filter(wanted).toList();
        return WidthTrend.of(
                        used.stream().mapToDouble(ModelOverlap::width).toArray(),
                        used.stream().mapToDouble(ModelOverlap::meanSquare).toArray())
                .orElseThrow(() -> new IllegalArgumentException(
                        "%d heads do not have two widths and positive overlaps".formatted(used.size())));
    }
}
