package io.github.lanewise.nn.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Against the numbers of PyTorch that {@code cyclic_lr.py} made. */
class CyclicLRTest {

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = CyclicLRTest.class.getResourceAsStream("cyclic_lr.json")) {
            JsonNode all = new ObjectMapper().readTree(in).get("cases");
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ratesAndMomentaAreThoseOfPyTorch(JsonNode golden) {
        JsonNode args = golden.get("args");
        CyclicLR schedule =
                new CyclicLR(
                        args.get("base_lr").asDouble(),
                        args.get("max_lr").asDouble(),
                        args.get("step_size_up").asLong());
        if (args.has("step_size_down")) {
            schedule.stepSizeDown(args.get("step_size_down").asLong());
        }
        if (args.has("mode")) {
            String mode = args.get("mode").asText().toUpperCase(Locale.ROOT);
            schedule.mode(CyclicLR.Mode.valueOf(mode));
        }
        if (args.has("gamma")) {
            schedule.gamma(args.get("gamma").asDouble());
        }
        if (args.has("base_momentum")) {
            schedule.momentum(
                    args.get("base_momentum").asDouble(), args.get("max_momentum").asDouble());
        }
        for (int t = 0; t < golden.get("rates").size(); t++) {
            assertEquals(golden.get("rates").get(t).asDouble(), schedule.at(t), 1e-14, "t " + t);
            double momentum = golden.get("momenta").get(t).asDouble();
            assertEquals(momentum, schedule.momentumAt(t), 1e-14, "t " + t);
        }
    }

    @Test
    void anOptimizerWithoutMomentumIsRefused() {
        CyclicLR schedule = new CyclicLR(0.1, 0.2, 5);
        Adagrad none = new Adagrad(0.1f);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> schedule.perStep(none));
        assertEquals(
                "CyclicLR: %s has no momentum to cycle; call cycleMomentum(false)".formatted(none),
                e.getMessage());
        schedule.cycleMomentum(false).perStep(none);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new CyclicLR(-1, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> new CyclicLR(0, 1, 0));
        CyclicLR schedule = new CyclicLR(0, 1, 5);
        assertThrows(IllegalArgumentException.class, () -> schedule.stepSizeDown(0));
        assertThrows(IllegalArgumentException.class, () -> schedule.gamma(0));
        assertThrows(IllegalArgumentException.class, () -> schedule.momentum(0.9, 0.8));
    }

    @Test
    void cyclicSettingsReturnTheSchedule() {
        CyclicLR cyclic = new CyclicLR(0.1, 0.5, 4);
        assertSame(cyclic, cyclic.stepSizeDown(2));
        assertSame(cyclic, cyclic.mode(CyclicLR.Mode.TRIANGULAR));
        assertSame(cyclic, cyclic.gamma(0.5));
        assertSame(cyclic, cyclic.momentum(0.5, 0.6));
        assertEquals("CyclicLR(baseLr 0.1, maxLr 0.5, stepSizeUp 4)", cyclic.toString());
        SGD sgd = new SGD(1).momentum(0.9f);
        TrainerCallback schedule = cyclic.perStep(sgd);
        schedule.onEpochBegin(null);
        assertTrue(
                sgd.toString().startsWith("SGD(learning rate 0.1, momentum 0.6,"), sgd::toString);
    }

    @Test
    void lambdaTakesAnyFunction() {
        LambdaLR schedule = new LambdaLR(0.5, t -> 1.0 / (1 + t));
        assertEquals(0.5, schedule.at(0));
        assertEquals(0.125, schedule.at(3));
        assertThrows(IllegalArgumentException.class, () -> new LambdaLR(-1, t -> 1));
        assertThrows(NullPointerException.class, () -> new LambdaLR(1, null));
    }
}
