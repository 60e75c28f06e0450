package dev.superpose.result;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.superpose.fuzz.Trial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

class CsvFuzzTest {
    /// A line of one field costs a record, two lists and a string.
    private static final Trial TRIAL = new Trial(4 << 20, 300);

    @FuzzTest
    void isReadOrRefused(byte[] bytes) throws IOException {
        TRIAL.of(bytes.length, () -> {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            Csv csv = Csv.read("table.csv", new InputStreamReader(new ByteArrayInputStream(bytes), decoder));
            for (Csv.Line line : csv.lines()) {
                if (line.fields().size() != csv.header().size()) {
                    throw new AssertionError("a ragged line");
                }
            }
        });
    }
}
