package dev.superpose.geometry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// A crew of threads that share out numbered tasks. Which thread does a task is left open, so a task
/// writes only what is its own: then results do not depend on the number of threads.
final class Workers implements AutoCloseable {
    /// A numbered piece of work.
    interface Task {
        void run(int index) throws IOException;
    }

    /// Everything on the calling thread.
    static final Workers NONE = new Workers(1);

    private final int threads;
    private final ExecutorService crew;

    /// A crew of `threads`, the caller of [#run] being one of them.
    Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, is " + threads);
        }
        this.threads = threads;
        // Threads start when first needed; as daemons they never keep a stopped program alive.
        this.crew = Executors.newFixedThreadPool(
                Math.max(threads - 1, 1),
                Thread.ofPlatform().daemon().name("geometry-", 1).factory());
    }

    /// [#run] for tasks that read nothing.
    ///
    /// @throws UncheckedIOException if the calling thread is interrupted
    void compute(int count, IntConsumer task) {
        try {
            run(count, task::accept);
        } catch (IOException interrupted) {
            throw new UncheckedIOException(interrupted);
        }
    }

    /// Runs tasks 0 .. count - 1, in that order by start, and returns when all have ended.
    ///
    /// @throws IOException the first failure, after the others have stopped
    void run(int count, Task task) throws IOException {
        var next = new AtomicInteger();
        if (threads == 1 || count < 2) {
            work(next, count, task);
            return;
        }
        List<Future<?>> others = new ArrayList<>();
        for (int t = 1; t < Math.min(threads, count); t++) {
            others.add(crew.submit(() -> {
                work(next, count, task);
                return true;
            }));
        }
        IOException failure = null;
        RuntimeException fault = null;
        try {
            work(next, count, task);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) {
            fault = e;
        }
        // Waits for all even after a failure: a task must not write into what the caller has given up.
        for (Future<?> other : others) {
            try {
                other.get();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case IOException cause -> failure = failure == null ? cause : failure;
                    case RuntimeException cause -> fault = fault == null ? cause : fault;
                    case Error cause -> throw cause;
                    case null, default -> throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                next.set(count);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        if (fault != null) {
            throw fault;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void work(AtomicInteger next, int count, Task task) throws IOException {
        try {
            for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                task.run(index);
            }
        } catch (IOException | RuntimeException | Error e) {
            next.set(count);
            throw e;
        }
    }

    @Override
    public void close() {
        crew.shutdownNow();
    }
}
