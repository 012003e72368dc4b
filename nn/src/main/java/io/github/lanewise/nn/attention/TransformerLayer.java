package io.github.lanewise.nn.attention;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What the layers of a transformer have in common: self-attention, a small network for each step,
 * and their options, with PyTorch's defaults.
 *
 * @param <L> the layer itself, which its options return
 */
public abstract sealed class TransformerLayer<L extends TransformerLayer<L>> implements Layer
        permits TransformerEncoderLayer, TransformerDecoderLayer, Transformer {

    /** PyTorch's width of the small network. */
    static final int USUAL_HIDDEN = 2048;

    private static final float USUAL_DROPOUT = 0.1f;
    private static final float USUAL_EPS = 1e-5f;

    private static final List<String> SHOWN =
            List.of("dModel", "nhead", "dimFeedforward", "activation", "normFirst", "causal");

    private final Options options = new Options();
    private final int features;
    private final int heads;
    private final int hidden;
    private float p = USUAL_DROPOUT;
    private Nonlinearity activation = new ReLU();
    private boolean normFirst;
    private boolean causal;
    private float eps = USUAL_EPS;
    private boolean hasBias = true;
    private int keyValueHeads;
    private float rotaryBase;

    TransformerLayer(int features, int heads, int hidden) {
        new MultiheadAttention(features, heads);
        new Linear(features, hidden);
        this.features = features;
        this.heads = heads;
        this.hidden = hidden;
        keyValueHeads = heads;
    }

    abstract L self();

    /**
     * Drops values while training, with this probability: weights of the attentions, units of the
     * small network, and what goes to each sum with a skip; 0.1 unless set.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public L dropout(float p) {
        options.requireOpen(this, "dropout");
        this.p = new Dropout(p).p();
        return self();
    }

    /** Normalizes before attention and network. */
    public L normFirst() {
        options.requireOpen(this, "normFirst");
        normFirst = true;
        return self();
    }

    /** Lets a step see itself and earlier steps only. */
    public L causal() {
        options.requireOpen(this, "causal");
        causal = true;
        return self();
    }

    /** Sets the function between the two linear layers; ReLU unless set. */
    public L activation(Nonlinearity function) {
        options.requireOpen(this, "activation");
        activation = Objects.requireNonNull(function, "function");
        return self();
    }

    /** Sets what the normalizations add to a variance; 1e-5 unless set. */
    public L layerNormEps(float eps) {
        options.requireOpen(this, "layerNormEps");
        new LayerNorm(features).eps(eps);
        this.eps = eps;
        return self();
    }

    /** Takes the biases of attentions, linear layers and normalizations away. */
    public L withoutBias() {
        options.requireOpen(this, "withoutBias");
        hasBias = false;
        return self();
    }

    /** Groups the queries of attentions: see {@link MultiheadAttention#keyValueHeads}. */
    public L keyValueHeads(int number) {
        options.requireOpen(this, "keyValueHeads");
        new MultiheadAttention(features, heads).keyValueHeads(number);
        keyValueHeads = number;
        return self();
    }

    /** Gives the self-attention rotary positions: see {@link MultiheadAttention#rotary()}. */
    public L rotary() {
        return rotary(MultiheadAttention.USUAL_BASE);
    }

    /** Gives the self-attention rotary positions: see {@link MultiheadAttention#rotary(float)}. */
    public L rotary(float base) {
        options.requireOpen(this, "rotary");
        new MultiheadAttention(features, heads).rotary(base);
        rotaryBase = base;
        return self();
    }

    /** Says that the layer is used. */
    final void close() {
        options.close();
    }

    final int features() {
        return features;
    }

    final int heads() {
        return heads;
    }

    final int hidden() {
        return hidden;
    }

    final boolean isNormFirst() {
        return normFirst;
    }

    final boolean isCausal() {
        return causal;
    }

    /** Gives a layer the options of this one, but for the order of its steps. */
    final <M extends TransformerLayer<M>> M configured(M layer, boolean causal) {
        TransformerLayer<M> other = layer;
        other.p = p;
        other.activation = activation;
        other.normFirst = normFirst;
        other.causal = causal;
        other.eps = eps;
        other.hasBias = hasBias;
        other.keyValueHeads = keyValueHeads;
        other.rotaryBase = rotaryBase;
        return layer;
    }

    /** Makes an attention without positions or order. */
    final MultiheadAttention attention() {
        MultiheadAttention attention = new MultiheadAttention(features, heads).dropout(p);
        if (keyValueHeads != heads) {
            attention.keyValueHeads(keyValueHeads);
        }
        return hasBias ? attention : attention.withoutBias();
    }

    final MultiheadAttention selfAttention() {
        MultiheadAttention attention = attention();
        if (rotaryBase != 0) {
            attention.rotary(rotaryBase);
        }
        return causal ? attention.causal() : attention;
    }

    final Linear linear1() {
        return hasBias ? new Linear(features, hidden) : new Linear(features, hidden).withoutBias();
    }

    final Linear linear2() {
        return hasBias ? new Linear(hidden, features) : new Linear(hidden, features).withoutBias();
    }

    final LayerNorm norm() {
        LayerNorm norm = new LayerNorm(features);
        if (eps != USUAL_EPS) {
            norm.eps(eps);
        }
        return hasBias ? norm : norm.withoutBias();
    }

    /** Makes a dropout; null for none. */
    final Dropout dropoutLayer() {
        return p == 0 ? null : new Dropout(p);
    }

    /** Wires the small network. */
    final Layer network(Linear linear1, Dropout dropout, Linear linear2) {
        List<Layer> layers = listOf(linear1, activation, dropout, linear2);
        return new TimeDistributed(new Sequential(layers.toArray(Layer[]::new)));
    }

    /** Lists layers without those that are null. */
    static List<Layer> listOf(Layer... layers) {
        List<Layer> all = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer != null) {
                all.add(layer);
            }
        }
        return all;
    }

    static void put(SequencedMap<String, Layer> children, String name, Layer layer) {
        if (layer != null) {
            children.put(name, layer);
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("dModel", features);
        all.put("nhead", heads);
        all.put("dimFeedforward", hidden);
        all.put("activation", activation);
        all.put("normFirst", normFirst);
        all.put("causal", causal);
        all.put("dropout", p);
        MultiheadAttention.put(all, "layerNormEps", eps, USUAL_EPS);
        MultiheadAttention.put(all, "keyValueHeads", keyValueHeads, heads);
        MultiheadAttention.put(all, "rotary", rotaryBase, 0f);
        MultiheadAttention.put(all, "bias", hasBias, true);
        return all;
    }

    @Override
    public String toString() {
        SequencedMap<String, Object> all = options();
        StringBuilder text = new StringBuilder(getClass().getSimpleName());
        text.append('(').append(features).append(", ").append(heads).append(" heads, ");
        text.append(hidden).append(" hidden, ").append(activation);
        text.append(normFirst ? ", norm first" : "").append(causal ? ", causal" : "");
        SHOWN.forEach(all::remove);
        all.remove("dropout", 0f);
        all.forEach((name, value) -> text.append(", ").append(name).append('=').append(value));
        return text.append(')').toString();
    }
}
