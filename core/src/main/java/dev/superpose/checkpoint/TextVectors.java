package dev.superpose.checkpoint;

import java.util.List;

record TextVectors(String model, List<PackedMatrix> matrices) implements Checkpoint {
    @Override
    public void close() {}
}
