package dev.superpose.scaling;

import dev.superpose.result.Table;

/// The simplest of two nested laws that the losses support.
///
/// @param fit the law to use, or why there is none
/// @param reason why this one, as a sentence
public record LawChoice(LawFit fit, String reason) {

    /// The law with a floor where the losses show one (see [FloorTest]), else the pure power law. An exponent
    /// chosen in this way is a little less certain than its standard error says.
    public static LawChoice of(Observations observations) {
        var power = LawFit.of(LawForm.POWER, observations);
        var withFloor = LawFit.of(LawForm.POWER_WITH_FLOOR, observations);
        return switch (withFloor) {
            case LawFit.Fitted floor when power instanceof LawFit.Fitted line -> between(line, floor);
            case LawFit.Fitted floor -> new LawChoice(floor, "only the law with a floor could be fitted");
            case LawFit.NotIdentified none -> new LawChoice(power, "no floor was fitted: " + none.reason());
            case LawFit.NotConverged none -> new LawChoice(power, "no floor was fitted: " + none.reason());
        };
    }

    private static LawChoice between(LawFit.Fitted power, LawFit.Fitted withFloor) {
        var test = FloorTest.between(power, withFloor);
        String probability = Table.brief(test.probability());
        return test.floorShown()
                ? new LawChoice(withFloor, "the losses show a floor (F test, probability %s)".formatted(probability))
                : new LawChoice(power, "the losses show no floor (F test, probability %s)".formatted(probability));
    }
}
