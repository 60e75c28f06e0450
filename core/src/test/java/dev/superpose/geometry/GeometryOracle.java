package dev.superpose.geometry;

import dev.superpose.numeric.FloatMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/// What NumPy computes in float64 over explicit pairs: `oracle.json`, made by `src/test/python/geometry_oracle.py`.
@JsonNaming(SnakeCaseStrategy.class)
record GeometryOracle(
        int rows,
        int width,
        int zero,
        int duplicate,
        RowNorms norm,
        RowNorms usedNorm,
        double representedFraction,
        double strongFraction,
        double usedAbsolute,
        double usedRelative,
        double usedRootMeanSquare,
        Pairs overlap,
        @Nullable Pairs strongOverlap,
        Pairs centered,
        double participationRatio,
        double effectiveRank,
        double stableRank) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Pairs(long pairs, double mean, double meanSquare, double varianceOfSquare, double meanAbs, double maxAbs) {}

    static GeometryOracle read(String name) {
        try (InputStream in = Objects.requireNonNull(GeometryOracle.class.getResourceAsStream("oracle.json"))) {
            Map<String, GeometryOracle> all = JsonMapper.shared().readValue(in, new TypeReference<>() {});
            return Objects.requireNonNull(all.get(name), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The matrix that the script makes by the same rule; every number is exact in float32.
    static FloatMatrix matrix(int n, int m) {
        FloatMatrix w = FloatMatrix.zeros(n, m);
        float[] sizes = {1, 0.5f, 0.25f, 0.0625f};
        for (int i = 0; i < n; i++) {
            // The last row repeats the first; row 12 of a longer matrix is zero.
            int k = i == n - 1 ? 0 : i;
            for (int j = 0; j < m; j++) {
                int value = (k * 7919 + j * 104729 + k * j * 613 + k * k * j) % 997 - 498;
                w.set(i, j, n > 12 && i == 12 ? 0 : sizes[k % 4] * value / 256f);
            }
        }
        return w;
    }
}
