package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.RMSprop;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fifty steps of each optimizer against PyTorch's: gradients, losses, weights. */
class TrainingTraceTest {

    static Stream<Golden.Case> traces() {
        return Golden.cases("training_traces");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void fiftyStepsMatchPyTorch(Golden.Case golden) {
        List<Linear> linears = linears(golden);
        Sequential model = model(golden, linears);
        Optimizer optimizer = optimizer(golden.hyper());
        Dataset data = data(golden);
        Batch batch = new Batch(data, golden.hyper().get("batch").asInt());
        TrainingStep step =
                new TrainingStep(model, loss(golden), optimizer, data.shape(), batch.size());
        int[] order = IntStream.range(0, data.size()).toArray();

        float[] losses = new float[golden.hyper().get("steps").asInt()];
        for (int s = 0; s < losses.length; s++) {
            batch.load(order, s * batch.size() % data.size());
            losses[s] = step.run(batch.inputs(), batch.targets());
            if (s == 0) {
                for (int i = 0; i < linears.size(); i++) {
                    Linear layer = linears.get(i);
                    golden.check("grad_step0_W" + i, row(layer.weight().gradient()));
                    golden.check("grad_step0_b" + i, values(layer.bias().gradient()));
                }
                checkWeights(golden, "after_step1_", linears);
            }
        }
        golden.check("losses", losses);
        checkWeights(golden, "final_", linears);
    }

    private static boolean classifies(Golden.Case golden) {
        return golden.hyper().get("loss").asText().equals("cross_entropy");
    }

    private static Loss loss(Golden.Case golden) {
        return classifies(golden) ? new SoftmaxCrossEntropy() : new MSELoss();
    }

    private static Dataset data(Golden.Case golden) {
        Matrix x = golden.input("X");
        Targets targets =
                classifies(golden)
                        ? Targets.labels(golden.integers("Y"))
                        : Targets.values(golden.input("Y"));
        return Dataset.of(x, new Shape(x.cols()), targets);
    }

    private static List<Linear> linears(Golden.Case golden) {
        List<Linear> linears = new ArrayList<>();
        for (int i = 0; golden.hasInput("W" + i); i++) {
            Matrix w = golden.input("W" + i);
            Linear layer = new Linear(w.cols(), w.rows());
            assign(layer.weight(), transposed(w));
            assign(layer.bias(), golden.input("b" + i));
            linears.add(layer);
        }
        return linears;
    }

    private static Sequential model(Golden.Case golden, List<Linear> linears) {
        List<Layer> layers = new ArrayList<>();
        for (Linear linear : linears) {
            layers.add(linear);
            boolean tanh = golden.hyper().get("hidden_activation").asText().equals("tanh");
            layers.add(tanh ? new Tanh() : new ReLU());
        }
        layers.removeLast();
        return new Sequential(layers.toArray(Layer[]::new));
    }

    private static Optimizer optimizer(JsonNode hyper) {
        JsonNode arguments = hyper.get("optimizer_args");
        Optimizer optimizer =
                switch (hyper.get("optimizer").asText()) {
                    case "sgd" -> sgd(arguments);
                    case "adam" -> adam(new Adam(), arguments);
                    case "adamw" -> adam(new AdamW(), arguments);
                    case "rmsprop" -> rmsprop(arguments);
                    case "adagrad" -> adagrad(arguments);
                    default -> throw new AssertionError(hyper.get("optimizer"));
                };
        optimizer.learningRate(number(arguments, "lr"));
        optimizer.weightDecay(number(arguments, "weight_decay"));
        if (hyper.has("clip_norm")) {
            optimizer.with(new ClipNorm(number(hyper, "clip_norm")));
        }
        return optimizer;
    }

    private static float number(JsonNode arguments, String name) {
        return (float) arguments.path(name).asDouble(0);
    }

    private static Optimizer sgd(JsonNode arguments) {
        SGD sgd =
                new SGD(0)
                        .momentum(number(arguments, "momentum"))
                        .dampening(number(arguments, "dampening"));
        return arguments.path("nesterov").asBoolean(false) ? sgd.nesterov() : sgd;
    }

    private static Optimizer adam(Adam adam, JsonNode arguments) {
        JsonNode betas = arguments.get("betas");
        adam.betas((float) betas.get(0).asDouble(), (float) betas.get(1).asDouble())
                .eps(number(arguments, "eps"));
        return arguments.path("amsgrad").asBoolean(false) ? adam.amsgrad() : adam;
    }

    private static Optimizer rmsprop(JsonNode arguments) {
        RMSprop rmsprop =
                new RMSprop()
                        .alpha(number(arguments, "alpha"))
                        .eps(number(arguments, "eps"))
                        .momentum(number(arguments, "momentum"));
        return arguments.path("centered").asBoolean(false) ? rmsprop.centered() : rmsprop;
    }

    private static Optimizer adagrad(JsonNode arguments) {
        return new Adagrad()
                .eps(number(arguments, "eps"))
                .lrDecay(number(arguments, "lr_decay"))
                .initialAccumulatorValue(number(arguments, "initial_accumulator_value"));
    }

    private static void checkWeights(Golden.Case golden, String prefix, List<Linear> linears) {
        for (int i = 0; i < linears.size(); i++) {
            golden.check(prefix + "W" + i, row(linears.get(i).weight().value()));
            golden.check(prefix + "b" + i, values(linears.get(i).bias().value()));
        }
    }

    private static float[] row(Matrix weight) {
        return values(transposed(weight));
    }
}
