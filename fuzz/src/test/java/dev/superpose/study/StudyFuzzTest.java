package dev.superpose.study;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

class StudyFuzzTest {
    private static final Trial TRIAL = new Trial(4 << 20, 400);

    @FuzzTest
    void studyFilesAreReadOrRefused(byte[] bytes) throws IOException {
        String yaml = new String(bytes, StandardCharsets.UTF_8);
        TRIAL.of(bytes.length, () -> StudyFile.parse("study.yaml", yaml, Path.of("nowhere")));
    }

    /// The records of finished jobs, which may be cut short: any exception will do, since the job
    /// is then done again.
    @FuzzTest
    void recordsAreReadOrRefused(byte[] bytes) throws IOException {
        String json = new String(bytes, StandardCharsets.UTF_8);
        TRIAL.of(bytes.length, () -> {
            try {
                JobResult.fromJson(json);
            } catch (RuntimeException _) {
                // Declared.
            }
        });
    }
}
