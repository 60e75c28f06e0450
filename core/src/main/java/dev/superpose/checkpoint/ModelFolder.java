package dev.superpose.checkpoint;

import java.util.List;

record ModelFolder(String model, List<PackedMatrix> matrices) implements Checkpoint {
    @Override
    public void close() {}
}
