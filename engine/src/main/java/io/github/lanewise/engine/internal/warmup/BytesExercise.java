package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.internal.KernelSet;

/** Bytes made floats, on a short and a longer span. */
final class BytesExercise implements Exercise {

    private final float[] y = operand(1, 512).data();
    private final byte[] bytes = new byte[512];

    @Override
    public void run(KernelSet set, int length) {
        for (int turn = 0; turn < TURNS; turn++) {
            set.pointwise().unpackBytes(bytes, 0, 0.5f, 0.25f, y, 0, 3);
            set.pointwise().unpackBytes(bytes, 0, 0.5f, 0.25f, y, 0, 3 + length * 16);
        }
    }
}
