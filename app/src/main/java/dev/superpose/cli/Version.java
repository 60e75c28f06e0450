package dev.superpose.cli;

import dev.superpose.result.Provenance;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: the version, the commit it was built from, and the JDK it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "superpose %s (commit %s, JDK %s)"
                    .formatted(Provenance.VERSION, System.getProperty("superpose.commit", "unknown"), Runtime.version())
        };
    }
}
