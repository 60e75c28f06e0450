package dev.superpose.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
    enum Regime {
        STRONG,
        WEAK
    }

    record Reading(Regime theRegime, double meanSquare, double undefined, int width, List<Double> list) {}

    @Test
    void recordsBecomeSnakeCaseInTheirOwnOrderAndNanBecomesNull() {
        var reading = new Reading(Regime.WEAK, 1 / 3.0, Double.NaN, 63, List.of(1.0, Double.POSITIVE_INFINITY));
        String json = Json.write(reading);
        assertThat(json.replaceAll("\\s", ""))
                .isEqualTo("{\"the_regime\":\"weak\",\"mean_square\":0.3333333333333333,\"undefined\":null,"
                        + "\"width\":63,\"list\":[1.0,null]}");
        assertThat(json).endsWith("}\n");
        assertThat(Json.read(json, Reading.class).meanSquare()).isEqualTo(1 / 3.0);
        assertThat(Json.read(json, Reading.class).undefined()).isNaN();
        assertThat(Json.read(json, Reading.class).theRegime()).isEqualTo(Regime.WEAK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"the_regime\":\"weak\"}",
                "{\"the_regime\":\"weak\",\"mean_square\":1,\"undefined\":2,\"width\":3,\"list\":[],\"more\":0}",
                "{\"the_regime\":\"weak\",\"mean_square\":1,\"undefined\":2,\"width\":3,\"list\":[]} {}",
                "{\"the_regime\":\"weak\",\"mean_square\":1,\"undefined\":2,\"width\":null,\"list\":[]}",
                "{\"the_regime\":\"weak\",\"mean_square\":1,\"mean_square\":1,\"undefined\":2,\"width\":3,\"list\":[]}"
            })
    void whatIsNotExactlyTheRecordIsRefused(String document) {
        assertThatThrownBy(() -> Json.read(document, Reading.class)).isInstanceOf(JacksonException.class);
    }
}
