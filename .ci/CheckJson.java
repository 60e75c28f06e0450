import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads one JSON document from standard input and fails unless it is what the command promises.
final class CheckJson {
    private static final List<String> OF_A_MATRIX = List.of(
            "model", "file", "tensor", "role", "tied", "rows", "width", "dtype", "excluded", "norm",
            "represented_fraction", "overlap", "pairs", "centered", "isotropy", "spectrum", "centered_spectrum", "regime",
            "verdict", "measured_earlier", "family", "provenance");

    public static void main(String[] args) {
        JsonNode document = JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(System.in);
        switch (args[0]) {
            case "inspect" -> {
                check(document.isArray() && document.size() >= 6, "six models in an array, found " + document.size());
                for (JsonNode matrix : document) {
                    for (String key : OF_A_MATRIX) {
                        check(matrix.has(key), "the key " + key + " in " + matrix.path("model"));
                    }
                    check(
                            matrix.path("verdict").path("statements").size() == 7,
                            "seven statements about " + matrix.path("model"));
                    double overlap = matrix.path("overlap").path("mean_square").asDouble();
                    double welch = matrix.path("overlap").path("welch_mean_square").asDouble();
                    check(overlap >= welch * (1 - 1e-6), "a mean squared overlap above Welch's bound " + welch + ", found " + overlap);
                }
            }
            case "fit" -> keys(document, List.of(
                    "law", "objective.name", "objective.value", "parameters.A.value", "intervals.A.low", "intervals.A.high",
                    "intervals.A.level", "intervals.A.method", "certificate.converged", "certificate.gradient_norm",
                    "certificate.starts", "certificate.agreeing", "certificate.condition", "certificate.at_bound",
                    "certificate.unidentified", "points.used", "points.dropped", "seconds", "provenance"));
            case "forecast" -> keys(document, List.of(
                    "at.0.N", "at.0.D", "at.0.loss", "at.0.curve.low", "at.0.curve.high", "at.0.forecast.low",
                    "at.0.forecast.high", "backtest.predictions", "wall.doublings", "wall.statements"));
            case "plan" -> keys(document, List.of(
                    "compute", "parameters.best", "parameters.low", "parameters.high", "tokens.best", "loss.best",
                    "basin.0.low_parameters", "shape.dimensions.width", "cost.gpu_hours"));
            case "tokens" -> keys(document, List.of(
                    "tokens", "distinct", "vocabulary", "never_seen", "bytes_per_token", "most_frequent.0.count",
                    "rank_frequency.log_uniform.alpha", "rank_frequency.log_uniform.standard_error",
                    "rank_frequency.maximum_likelihood.alpha", "provenance"));
            case "summary" -> check(document.isObject() && !document.isEmpty(), "an object that is not empty");
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("ci: the JSON of " + args[0] + " is as promised");
    }

    /// Fails unless `document` has every one of the keys, written with dots and with
    /// numbers for places in arrays.
    private static void keys(JsonNode document, List<String> keys) {
        for (String key : keys) {
            JsonNode at = document;
            for (String part : key.split("\\.")) {
                at = part.matches("[0-9]+") ? at.path(Integer.parseInt(part)) : at.path(part);
            }
            check(!at.isMissingNode(), "the key " + key);
        }
    }

    private static void check(boolean holds, String expected) {
        if (!holds) {
            System.err.println("ci: expected " + expected);
            System.exit(1);
        }
    }
}
