package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.Stochastic;

import java.util.List;

/**
 * What a forward call changes besides gradients: running statistics, and how often random streams
 * have drawn. Every shard starts from what there was before the batch. After it, with n the shards
 * that have rows,
 *
 * <pre>statistic = start + (sum over shards, in the order of the tree, of (moved - start)) / n
 * </pre>
 *
 * <p>and streams have drawn as often as in shard 0.
 */
final class ShardStates {

    private final List<State> states;
    private final List<Stochastic> layers;
    private final float[][] starts;
    private final long[] draws;
    private final int at;
    private final int size;

    /**
     * @param at where they begin in a shard's array
     */
    ShardStates(Layer model, int at) {
        this.states = List.copyOf(model.states().values());
        this.layers = List.copyOf(Stochastic.all(model).values());
        this.starts = states.stream().map(state -> new float[state.size()]).toArray(float[][]::new);
        this.draws = new long[layers.size()];
        this.at = at;
        this.size = states.stream().mapToInt(State::size).sum() + draws.length;
    }

    /** Returns how many floats they take. */
    int size() {
        return size;
    }

    /** Notes where the batch starts from. */
    void begin() {
        for (int i = 0; i < starts.length; i++) {
            System.arraycopy(states.get(i).value().data(), 0, starts[i], 0, starts[i].length);
        }
        for (int i = 0; i < draws.length; i++) {
            draws[i] = layers.get(i).draws();
        }
    }

    /** Puts everything back to where the batch started. */
    void restart() {
        for (int i = 0; i < starts.length; i++) {
            System.arraycopy(starts[i], 0, states.get(i).value().data(), 0, starts[i].length);
        }
        for (int i = 0; i < draws.length; i++) {
            layers.get(i).draws(draws[i]);
        }
    }

    /** Writes how far a shard has moved them. */
    void put(int shard, float[] into) {
        int place = at;
        for (int i = 0; i < starts.length; i++) {
            float[] moved = states.get(i).value().data();
            for (int j = 0; j < starts[i].length; j++) {
                into[place++] = moved[j] - starts[i][j];
            }
        }
        for (int i = 0; i < draws.length; i++) {
            into[place++] = shard == 0 ? layers.get(i).draws() - draws[i] : 0;
        }
    }

    /**
     * Moves them by the mean.
     *
     * @param filled shards that have rows
     */
    void apply(int filled, float[] sums) {
        int place = at;
        for (int i = 0; i < starts.length; i++) {
            float[] values = states.get(i).value().data();
            for (int j = 0; j < starts[i].length; j++) {
                double mean = (double) sums[place++] / filled;
                values[j] = mean == 0 ? starts[i][j] : (float) (starts[i][j] + mean);
            }
        }
        for (int i = 0; i < draws.length; i++) {
            layers.get(i).draws(draws[i] + (long) sums[place++]);
        }
    }
}
