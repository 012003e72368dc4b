package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.WinogradPoints;

/** The probe of each family. */
final class FamilyProbes {

    private FamilyProbes() {}

    /** Returns the probe of a family. */
    static FamilyProbe of(Family family) {
        return switch (family) {
            case PRODUCTS -> new ProductProbe();
            case SMALL_PRODUCTS, BATCHED_SMALL_PRODUCTS ->
                    new SmallProductProbe(SmallProductProbe.NARROW);
            case SKINNY_PRODUCTS -> new SmallProductProbe(SmallProductProbe.ROW);
            case DROPOUT, POINTWISE, BYTES, RELU, SIGMOID, TANH, GELU, SILU, ACTIVATIONS ->
                    new SpanProbe(family);
            case DESCENT, ADAM, UPDATES -> new UpdateProbe(family);
            case SOFTMAX, LOG_SOFTMAX -> new RowProbe(family == Family.LOG_SOFTMAX);
            case CROSS_ENTROPY -> new CrossEntropyProbe();
            case SUMS -> new SumProbe();
            case NORMALIZATIONS -> new NormalizationProbe();
            case LSTM_CELLS, GRU_CELLS, RNN_CELLS -> new CellProbe(family);
            case CONVOLUTIONS, STRIDED_CONVOLUTIONS, CONVOLUTION_INPUTS ->
                    new ConvolutionProbe(family);
            case MAX_POOLS, AVERAGE_POOLS -> new PoolProbe(family == Family.MAX_POOLS);
            case CHANNELS -> new ChannelProbe();
            case WINOGRAD_EIGHT -> new WinogradProbe(WinogradPoints.EIGHT);
            case WINOGRAD_SIX -> new WinogradProbe(WinogradPoints.SIX);
            case SQUARED_LOSS, LOGISTIC_LOSS, LOSSES -> new LossProbe(family);
        };
    }
}
