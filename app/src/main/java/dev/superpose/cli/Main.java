package dev.superpose.cli;

import dev.superpose.result.InputException;
import dev.superpose.study.Scale;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry point: reads the command line, runs the command, and turns what went wrong into
/// one line and an exit code.
///
/// Exit codes: 0 done, 1 the work failed, 2 wrong usage or bad input.
@Command(
        name = "superpose",
        description = "A laboratory and field instrument for superposition and neural scaling.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  superpose study                          the built-in study, in two minutes",
            "  superpose reproduce fig5                 a figure of the paper, ours beside the published one",
            "  superpose inspect samples/glove          how real embeddings pack",
            "  superpose tokens model/ corpus/          token counts and their rank-frequency exponent",
            "  superpose train --width 63 --alpha 1     one toy model",
            "  superpose fit runs.csv                   a law through measured losses",
            "  superpose forecast runs.csv              the loss of larger runs, back-tested",
            "  superpose plan --compute 1e22            what to train with a budget"
        },
        subcommands = {
            StudyCommand.class,
            ReproduceCommand.class,
            TrainCommand.class,
            MeasureCommand.class,
            InspectCommand.class,
            TokensCommand.class,
            FitCommand.class,
            ForecastCommand.class,
            PlanCommand.class,
            EquivalentCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main implements Runnable {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    private Main() {}

    /// Runs the command line and exits with its code.
    public static void main(String[] args) {
        // Numbers look the same everywhere.
        Locale.setDefault(Locale.ROOT);
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Scale.class, Main::scale)
                .setParameterExceptionHandler((wrong, _) -> explain(wrong))
                .setExecutionExceptionHandler((failure, line, result) -> explain(failure, line));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.err);
    }

    private static Scale scale(String word) {
        return Scale.of(word)
                .orElseThrow(
                        () -> new CommandLine.TypeConversionException("expected smoke, short or full, found " + word));
    }

    /// What is wrong with a command line, and where to read more.
    private static int explain(CommandLine.ParameterException wrong) {
        var line = wrong.getCommandLine();
        var error = line.getErr();
        error.println("superpose: " + InputException.printable(String.valueOf(wrong.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, error);
        error.println(
                "%s --help tells what there is".formatted(line.getCommandSpec().qualifiedName()));
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// One line for what a person can mend; the whole trace for what only we can.
    private static int explain(Exception failure, CommandLine line) {
        var error = line.getErr();
        if (failure instanceof IOException bad) {
            error.println("superpose: " + InputException.oneLine(bad));
            return isFull(bad) ? 1 : 2;
        }
        if (failure instanceof IllegalArgumentException bad) {
            error.println("superpose: " + InputException.printable(String.valueOf(bad.getMessage())));
            return 2;
        }
        failure.printStackTrace(error);
        return 1;
    }

    private static boolean isFull(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("No space left");
    }
}
