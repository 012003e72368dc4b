package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options that say which network reads digits and how it is trained. */
final class DigitOptions {

    private static final int WIDEST = 16_384;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "passes over the training set; by default 5, with --augment 15",
            showDefaultValue = Visibility.NEVER)
    private Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "images in a step")
    private int batch = 64;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "kind of network, one of: ${COMPLETION-CANDIDATES}; by default mlp, with"
                            + " --augment deepcnn",
            showDefaultValue = Visibility.NEVER)
    private DigitModel.Kind kind;

    @Option(
            names = "--augment",
            description =
                    "move, turn, scale and shear the training digits a little, anew in each epoch,"
                            + " and let the weights decay")
    private boolean augment;

    @Option(
            names = "--holdout",
            paramLabel = "N",
            description =
                    "do not learn the last N training digits, but measure on them after each epoch;"
                            + " the test digits are then read once, at the end")
    private int holdout = 0;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description =
                    "widths of the hidden layers: of mlp, by default 256,128; of those after cnn's"
                            + " convolutions, 128; of lstm's layers, 128; of the feed-forward"
                            + " networks in transformer's layers, 128,128",
            showDefaultValue = Visibility.NEVER)
    private int[] hidden;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "share of the hidden values that training leaves out")
    private float dropout = 0;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "one of: ${COMPLETION-CANDIDATES}; by default what suits the model",
            showDefaultValue = Visibility.NEVER)
    private DigitTraining.Rule optimizer;

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "learning rate at the start, by default what suits model and optimizer",
            showDefaultValue = Visibility.NEVER)
    private Float rate;

    @Option(names = "--seed", paramLabel = "N", description = "of weights, order and drawn digits")
    private long seed = 1;

    /**
     * Checks what can be checked before the digits are there.
     *
     * @param leastEpochs 0 where a network may be measured alone
     */
    void check(int leastEpochs) {
        BadInput.require(epochs() >= leastEpochs, "--epochs", epochs(), leastEpochs + " or more");
        BadInput.require(batch >= 1, "--batch", batch, "1 or more");
        BadInput.require(dropout >= 0 && dropout < 1, "--dropout", dropout, "from 0 to below 1");
        BadInput.require(rate() > 0 && Float.isFinite(rate()), "--lr", rate(), "a number above 0");
        BadInput.require(hidden().length > 0, "--hidden", "empty", "one width or more");
        for (int width : hidden()) {
            BadInput.require(
                    width >= 1 && width <= WIDEST, "--hidden", width, "widths from 1 to " + WIDEST);
        }
    }

    /** Checks that so many training digits can be held out and cut into batches and shards. */
    void checkSizes(int digits, int shards) {
        BadInput.require(
                holdout >= 0 && holdout < digits,
                "--holdout",
                holdout,
                text("0 or more, and below the %,d training digits", digits));
        int images = digits - holdout;
        int last = images % batch == 0 ? batch : images % batch;
        int least = kind().model().smallestBatch();
        BadInput.require(
                last >= least,
                "--batch",
                batch,
                text(
                        "another number: the last step of an epoch of %,d images would have %d,"
                                + " and %s needs %d or more",
                        images, last, kind(), least));
        int smallest = Math.max(1, last / shards);
        BadInput.require(
                smallest >= least,
                "--shards",
                shards,
                text(
                        "fewer: the last step of an epoch of %,d images would have shards of %d,"
                                + " and %s needs %d or more",
                        images, smallest, kind(), least));
    }

    /** Returns how to train, in so many shards. */
    DigitTraining.Plan plan(int shards) {
        return new DigitTraining.Plan(
                kind(),
                hidden(),
                dropout,
                optimizer(),
                rate(),
                rate != null,
                batch,
                epochs(),
                seed,
                shards,
                augment,
                holdout);
    }

    /** Returns all that decides the training; workers that differ in it are turned away. */
    Map<String, Object> hparams() {
        Map<String, Object> hparams = new LinkedHashMap<>();
        hparams.put("model", kind());
        hparams.put("hidden", Arrays.toString(hidden()));
        hparams.put("dropout", dropout);
        hparams.put("optimizer", optimizer());
        hparams.put("lr", rate());
        hparams.put("batch", batch);
        hparams.put("epochs", epochs());
        hparams.put("augment", augment);
        hparams.put("holdout", holdout);
        hparams.put("seed", seed);
        return hparams;
    }

    long seed() {
        return seed;
    }

    int epochs() {
        return epochs != null ? epochs : augment ? 15 : 5;
    }

    /** Says whether the user chose the widths of the hidden layers, which may cost memory. */
    boolean hiddenGiven() {
        return hidden != null;
    }

    private DigitModel.Kind kind() {
        DigitModel.Kind usual = augment ? DigitModel.Kind.deepcnn : DigitModel.Kind.mlp;
        return kind != null ? kind : usual;
    }

    private float rate() {
        return rate != null ? rate : kind().model().usualRate(optimizer());
    }

    private DigitTraining.Rule optimizer() {
        return optimizer != null ? optimizer : kind().model().usualRule();
    }

    private int[] hidden() {
        return hidden != null ? hidden : kind().model().usualHidden();
    }
}
