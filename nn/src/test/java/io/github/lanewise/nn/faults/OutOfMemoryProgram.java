package io.github.lanewise.nn.faults;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains and asks a model in a small heap that is nearly full, with more and more room, so that
 * memory ends at another place each time: while it binds, computes, updates. After each end the
 * same model must train, and answer, with the bits of one that never met it. Prints how often
 * memory ended.
 */
final class OutOfMemoryProgram {

    private static final int PIECE = 16 * 1024;
    private static final int SAMPLES = 512;
    private static final Shape IMAGE = new Shape(1, 8, 8);

    private final Layer model = model();
    private final Trainer trainer =
            new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f)).seed(1);
    private final InferenceSession session = InferenceSession.of(model, IMAGE, 64);
    private final Dataset data = data();

    private static Layer model() {
        return new Sequential(
                new Conv2d(1, 8, 3).padding(1),
                new BatchNorm2d(8),
                new ReLU(),
                new Flatten(),
                new Dropout(0.2f),
                new Linear(512, 4));
    }

    private static Dataset data() {
        Matrix inputs = Matrix.zeros(SAMPLES, IMAGE.features());
        for (int i = 0; i < inputs.size(); i++) {
            inputs.data()[i] = i % 7 * 0.25f - i % 5 * 0.2f;
        }
        int[] labels = new int[SAMPLES];
        Arrays.setAll(labels, i -> i % 4);
        return Dataset.of(inputs, IMAGE, Targets.labels(labels));
    }

    private void work() {
        trainer.fit(data, 1, 128);
        session.predict(Matrix.zeros(64, IMAGE.features()));
    }

    /** Returns the bits of a run from fresh weights; a trainer counts its epochs, so a new one. */
    private int bits() {
        model.initialize(5);
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f)).seed(1).fit(data, 1, 128);
        float[] answer = session.predict(new float[IMAGE.features()]);
        int hash = Arrays.hashCode(answer);
        for (var parameter : model.parameters().values()) {
            hash = 31 * hash + Arrays.hashCode(parameter.value().data());
        }
        return hash;
    }

    public static void main(String[] arguments) {
        int expected = new OutOfMemoryProgram().bits();
        OutOfMemoryProgram program = new OutOfMemoryProgram();
        int ends = 0;
        boolean done = false;
        for (int room = 0; !done; room += 4) {
            done = program.worksWith(room);
            ends += done ? 0 : 1;
            if (program.bits() != expected) {
                System.out.println("other bits after memory ended with room for " + room);
                System.exit(1);
            }
            if (!done) {
                // A new one, since what the last had bound before memory ended needs no memory now.
                program = new OutOfMemoryProgram();
            }
        }
        System.out.println("memory ended " + ends + " times");
    }

    /** Fills the heap but for so many pieces, and works; returns whether that was enough. */
    private boolean worksWith(int room) {
        List<byte[]> ballast = new ArrayList<>(1 << 16);
        try {
            while (true) {
                ballast.add(new byte[PIECE]);
            }
        } catch (OutOfMemoryError e) {
            ballast.subList(Math.max(0, ballast.size() - room), ballast.size()).clear();
        }
        try {
            work();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            ballast.clear();
        }
    }
}
