package io.github.lanewise.tabular;

import java.util.List;
import java.util.SequencedMap;

/**
 * A trained model and what was seen on the way.
 *
 * @param model the model
 * @param notes decisions, in sentences: the target, the columns, the split
 * @param warnings what should be looked at: leakage, a network that does not beat the linear model
 * @param split the rows of the first network, by their number in the table
 * @param leaderBoard measures on the test rows of prior, linear model and network, in this order
 * @param intervals 95 % intervals of the network's main measures; each low and high
 * @param histories of the networks, one for each fold
 * @param recipe how they were trained
 * @param test predictions for the test rows, in their order
 * @param testTable the table of the test rows
 * @param testRows their numbers in it
 * @param seed of everything drawn
 * @param seconds that it took
 */
public record TabularRun(
        TabularModel model,
        List<String> notes,
        List<String> warnings,
        Split split,
        SequencedMap<String, Measures> leaderBoard,
        SequencedMap<String, double[]> intervals,
        List<TrainingHistory> histories,
        Recipe recipe,
        Predictions test,
        Table testTable,
        int[] testRows,
        long seed,
        double seconds) {

    /** Names of the entries of the leader board. */
    public static final String PRIOR = "prior";

    /** The linear model. */
    public static final String LINEAR = "linear";

    /** The network, or the mean of several. */
    public static final String NETWORK = "network";

    /** Copies the lists. */
    public TabularRun {
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
        histories = List.copyOf(histories);
    }

    /** Returns the true classes of the test rows, by number; null for regression. */
    public int[] testLabels() {
        return new TestMeasure(model.target(), testTable, testRows).labels();
    }

    /** Returns the true numbers of the test rows; null for classes. */
    public double[] testNumbers() {
        return new TestMeasure(model.target(), testTable, testRows).numbers();
    }

    /** Returns the measures of the network on the test rows. */
    public Measures measures() {
        return leaderBoard.get(NETWORK);
    }
}
