package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Update;

/** Optimizer steps over spans of n elements; see {@link Update} for the mathematics. */
public interface UpdateKernels {

    /** One step of SGD; v (the velocity) is null without momentum. */
    void sgd(
            Update.Sgd rule,
            float[] p,
            int pOffset,
            float[] g,
            int gOffset,
            float[] v,
            int vOffset,
            int n);

    /** One step of Adam; s (the largest second moment) is null without amsgrad. */
    void adam(
            Update.Adam rule,
            float[] p,
            int pOffset,
            float[] g,
            int gOffset,
            float[] m,
            int mOffset,
            float[] v,
            int vOffset,
            float[] s,
            int sOffset,
            int n);
}
