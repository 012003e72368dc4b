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
            byte[] pixels = new byte[batch * MnistImages.FEATURES];
            int[] labels = new int[batch];
            for (int i = 0; i < batch; i++) {
                int image = order[from + i];
                System.arraycopy(
                        mnist.pixels(),
                        image * MnistImages.FEATURES,
                        pixels,
                        i * MnistImages.FEATURES,
                        MnistImages.FEATURES);
                labels[i] = mnist.labels()[image];
            }
            Shape shape = Shape.of(batch, MnistImages.FEATURES);
            try (TUint8 images = TUint8.tensorOf(shape, DataBuffers.of(pixels));
                    TInt32 classes = TInt32.vectorOf(labels)) {
                loss = step.run(images, classes);
            }
        }
        return loss;
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
