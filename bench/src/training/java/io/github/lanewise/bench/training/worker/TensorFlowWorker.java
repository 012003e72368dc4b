package io.github.lanewise.bench.training.worker;

import io.github.lanewise.bench.Workload;

import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** TensorFlow's native library, driven through TensorFlow Java, by graphs. */
public final class TensorFlowWorker implements Stack {

    private final ConfigProto config;

    private TensorFlowWorker(int threads) {
        config =
                ConfigProto.newBuilder()
                        .setIntraOpParallelismThreads(threads)
                        .setInterOpParallelismThreads(threads)
                        .build();
    }

    /** Answers on standard output; the argument is the number of threads. */
    public static void main(String... args) throws IOException {
        new WorkerLoop(new TensorFlowWorker(Integer.parseInt(args[0]))).run();
    }

    @Override
    public String version() {
        return "TensorFlow %s".formatted(TensorFlow.version());
    }

    @Override
    public Training training(Workload workload, Samples samples) {
        return new TensorFlowTraining(workload, samples, config);
    }

    @Override
    public Inference inference(Workload workload, int batch, Samples samples) {
        return TensorFlowInference.of(workload, batch, samples, config);
    }

    @Override
    public float firstStep(Workload workload) {
        Random random = new Random(1);
        int batch = workload.batch();
        TensorFlowStep step = new TensorFlowStep(workload, false, config);
        step.restart(drawn(workload, random));
        float[] inputs = new float[batch * workload.features()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = random.nextFloat();
        }
        int[] labels = random.ints(batch, 0, workload.classes()).toArray();
        return step.run(
                TensorFlowLayout.tensor(Shape.of(batch, workload.features()), inputs),
                TInt32.vectorOf(labels));
    }

    /** Draws first parameters uniformly, within one divided by the root of the inputs. */
    private static List<TFloat32> drawn(Workload workload, Random random) {
        List<float[]> parameters = new ArrayList<>();
        int inputs = 1;
        for (int[] shape : workload.parameterShapes()) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            inputs = shape.length == 1 ? inputs : size / shape[0];
            float bound = (float) (1 / Math.sqrt(inputs));
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = bound * (2 * random.nextFloat() - 1);
            }
            parameters.add(values);
        }
        return TensorFlowLayout.tensors(workload, parameters);
    }

    @Override
    public float epoch(Workload workload, Path folder) throws IOException {
        MnistImages mnist = MnistImages.read(folder);
        Random random = new Random(1);
        TensorFlowStep step = new TensorFlowStep(workload, true, config);
        step.restart(drawn(workload, random));
        int[] order = shuffled(mnist.size(), random);
        float loss = 0;
        for (int from = 0; from < order.length; from += workload.batch()) {
            int batch = Math.min(workload.batch(), order.length - from);
            int[] rows = Arrays.copyOfRange(order, from, from + batch);
            try (TUint8 images = images(mnist, rows);
                    TInt32 labels = labels(mnist, rows)) {
                loss = step.run(images, labels);
            }
        }
        return loss;
    }

    private static TUint8 images(MnistImages mnist, int... rows) {
        int features = MnistImages.FEATURES;
        byte[] pixels = new byte[rows.length * features];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(mnist.pixels(), rows[i] * features, pixels, i * features, features);
        }
        return TUint8.tensorOf(Shape.of(rows.length, features), DataBuffers.of(pixels));
    }

    private static TInt32 labels(MnistImages mnist, int... rows) {
        return TInt32.vectorOf(Arrays.stream(rows).map(row -> mnist.labels()[row]).toArray());
    }

    private static int[] shuffled(int size, Random random) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
