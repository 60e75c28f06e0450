package dev.superpose.cli;

import java.util.stream.Collectors;
import picocli.CommandLine;

/// The command that was given, as it can be given again.
final class CommandWords {
    private CommandWords() {}

    static String of(CommandLine.Model.CommandSpec spec) {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .map(argument ->
                        argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "superpose ", ""));
    }
}
