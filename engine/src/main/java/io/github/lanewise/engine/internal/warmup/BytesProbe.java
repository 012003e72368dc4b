package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import java.util.List;

/** Bytes made floats, on a short and a longer span. */
final class BytesProbe implements FamilyProbe {

    private final float[] y = operand(1, 512).data();
    private final byte[] bytes = new byte[512];

    @Override
    public List<Kernel> kernels() {
        Kernel unpack =
                (set, length) -> {
                    set.pointwise().unpackBytes(bytes, 0, 0.5f, 0.25f, y, 0, 3);
                    set.pointwise().unpackBytes(bytes, 0, 0.5f, 0.25f, y, 0, 3 + length * 16);
                };
        return List.of(unpack.repeated());
    }
}
