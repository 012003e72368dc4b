package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.BCEWithLogitsLoss;
import io.github.lanewise.nn.loss.HuberLoss;
import io.github.lanewise.nn.loss.L1Loss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SmoothL1Loss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.ClipValue;
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

/** Many steps of each optimizer against PyTorch's: gradients, losses, weights. */
class TrainingTraceTest {

    static Stream<GoldenCase> traces() {
        return Golden.cases("training_traces");
    }

    @ParameterizedTest
    @MethodSource("traces")
    void stepsMatchPyTorch(GoldenCase golden) {
        List<Linear> linears = linears(golden);
        Sequential model = model(golden, linears);
        Optimizer optimizer = optimizer(golden.hyper());
        Dataset data = data(golden);
        Batch batch = new Batch(data, golden.hyper().integer("batch"));
        TrainingStep step =
                new TrainingStep(model, loss(golden), optimizer, data.shape(), batch.size());
        int[] order = IntStream.range(0, data.size()).toArray();

        float[] losses = new float[golden.hyper().integer("steps")];
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

    private static boolean classifies(GoldenCase golden) {
        return golden.hyper().text("loss").equals("cross_entropy");
    }

    private static Loss loss(GoldenCase golden) {
        return switch (golden.hyper().text("loss")) {
            case "cross_entropy" -> new SoftmaxCrossEntropy();
            case "mse" -> new MSELoss();
            case "l1" -> new L1Loss();
            case "huber" -> new HuberLoss();
            case "smooth_l1" -> new SmoothL1Loss();
            case "bce_with_logits" -> new BCEWithLogitsLoss();
            default -> throw new IllegalArgumentException(golden.hyper().toString());
        };
    }

    private static Dataset data(GoldenCase golden) {
        Matrix x = golden.input("X");
        Targets targets =
                classifies(golden)
                        ? Targets.labels(golden.integers("Y"))
                        : Targets.values(golden.input("Y"));
        return Dataset.of(x, new Shape(x.cols()), targets);
    }

    private static List<Linear> linears(GoldenCase golden) {
        List<Linear> linears = new ArrayList<>();
        int[] sizes = golden.hyper().integers("layer_sizes");
        for (int i = 0; i < sizes.length - 1; i++) {
            Matrix w = golden.input("W" + i);
            Linear layer = new Linear(sizes[i], sizes[i + 1]);
            assign(layer.weight(), transposed(w));
            assign(layer.bias(), golden.input("b" + i));
            linears.add(layer);
        }
        return linears;
    }

    private static Sequential model(GoldenCase golden, List<Linear> linears) {
        List<Layer> layers = new ArrayList<>();
        for (Linear linear : linears) {
            layers.add(linear);
            layers.add(ActivationParityTest.plain(golden.hyper().text("hidden_activation")));
        }
        layers.removeLast();
        return new Sequential(layers.toArray(Layer[]::new));
    }

    private static Optimizer optimizer(GoldenArguments hyper) {
        GoldenArguments args = hyper.object("optimizer_args");
        Optimizer optimizer =
                switch (hyper.text("optimizer")) {
                    case "sgd" -> sgd(args);
                    case "adam" -> adam(new Adam(), args);
                    case "adamw" -> adam(new AdamW(), args);
                    case "rmsprop" -> rmsprop(args);
                    case "adagrad" -> adagrad(args);
                    default -> throw new IllegalArgumentException(hyper.toString());
                };
        optimizer.learningRate((float) args.number("lr"));
        args.number("weight_decay", decay -> optimizer.weightDecay((float) decay));
        hyper.number("clip_norm", limit -> optimizer.with(new ClipNorm((float) limit)));
        hyper.number("clip_value", limit -> optimizer.with(new ClipValue((float) limit)));
        return optimizer;
    }

    private static Optimizer sgd(GoldenArguments args) {
        SGD sgd = new SGD(0);
        args.number("momentum", share -> sgd.momentum((float) share));
        args.number("dampening", share -> sgd.dampening((float) share));
        return args.flagIfAny("nesterov") ? sgd.nesterov() : sgd;
    }

    private static Optimizer adam(Adam adam, GoldenArguments args) {
        if (args.has("betas")) {
            double[] betas = args.numbers("betas");
            adam.betas((float) betas[0], (float) betas[1]);
        }
        args.number("eps", eps -> adam.eps((float) eps));
        return args.flagIfAny("amsgrad") ? adam.amsgrad() : adam;
    }

    private static Optimizer rmsprop(GoldenArguments args) {
        RMSprop rmsprop = new RMSprop();
        args.number("alpha", share -> rmsprop.alpha((float) share));
        args.number("eps", eps -> rmsprop.eps((float) eps));
        args.number("momentum", share -> rmsprop.momentum((float) share));
        return args.flagIfAny("centered") ? rmsprop.centered() : rmsprop;
    }

    private static Optimizer adagrad(GoldenArguments args) {
        Adagrad adagrad = new Adagrad();
        args.number("eps", eps -> adagrad.eps((float) eps));
        args.number("lr_decay", decay -> adagrad.lrDecay((float) decay));
        args.number(
                "initial_accumulator_value",
                start -> adagrad.initialAccumulatorValue((float) start));
        return adagrad;
    }

    private static void checkWeights(GoldenCase golden, String prefix, List<Linear> linears) {
        for (int i = 0; i < linears.size(); i++) {
            golden.check(prefix + "W" + i, row(linears.get(i).weight().value()));
            golden.check(prefix + "b" + i, values(linears.get(i).bias().value()));
        }
    }

    private static float[] row(Matrix weight) {
        return values(transposed(weight));
    }
}
