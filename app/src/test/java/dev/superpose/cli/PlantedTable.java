package dev.superpose.cli;

import dev.superpose.numeric.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tables of runs of a known law.
final class PlantedTable {
    static final double A = 480;
    static final double B = 2100;
    static final double E = 1.8;
    static final double ALPHA = 0.35;
    static final double BETA = 0.37;

    private PlantedTable() {}

    /// Runs of Chinchilla's law on a grid of N and D, ln loss off by normal deviations of 0.2 %.
    static Path chinchilla(Path folder) throws IOException {
        var random = new Seed(5).child("planted").random();
        var lines = new StringBuilder("params,tokens,loss\n");
        for (double n = 5e7; n < 5e9; n *= 2) {
            for (double ratio = 5; ratio < 200; ratio *= 2) {
                double loss = A * Math.pow(n, -ALPHA) + B * Math.pow(ratio * n, -BETA) + E;
                lines.append("%s,%s,%s\n".formatted(n, ratio * n, loss * Math.exp(0.002 * random.nextGaussian())));
            }
        }
        return Files.writeString(folder.resolve("planted.csv"), lines);
    }

    /// Runs of a power law of width with a floor.
    static Path widths(Path folder) throws IOException {
        var random = new Seed(6).child("planted").random();
        var lines = new StringBuilder("width,loss\n");
        for (double m = 64; m <= 8192; m *= 1.5) {
            double loss = 40 * Math.pow(m, -0.9) + 1.7;
            lines.append("%s,%s\n".formatted(Math.rint(m), loss * Math.exp(0.001 * random.nextGaussian())));
        }
        return Files.writeString(folder.resolve("widths.csv"), lines);
    }
}
