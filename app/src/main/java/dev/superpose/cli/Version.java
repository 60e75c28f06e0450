package dev.superpose.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: the version, the commit it was built from, and the JDK it runs on.
final class Version implements IVersionProvider {
    static final String NUMBER = "0.1.0";

    @Override
    public String[] getVersion() {
        return new String[] {
            "superpose %s (commit %s, JDK %s)"
                    .formatted(NUMBER, System.getProperty("superpose.commit", "unknown"), Runtime.version())
        };
    }
}
