package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Workspace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network bound to a batch for its outputs alone, as a user's program would; for one thread. */
public final class Answers {

    private static final Pattern TEXT = Pattern.compile("(M\\d)@(\\d+)");

    private final TrainedNet net;
    private final int batch;
    private final Pass pass;

    /** Binds a network, whose weights all that bind it share. */
    public Answers(TrainedNet net, int batch) {
        this.net = net;
        this.batch = batch;
        pass = net.model().bind(net.input(), Workspace.inference(batch));
    }

    /** Binds the network and batch of a text like {@code M1@256}. */
    static Answers parse(String text) {
        Matcher matcher = match(text);
        TrainedNet net = TrainedNet.of(Workload.valueOf(matcher.group(1)));
        return new Answers(net, Integer.parseInt(matcher.group(2)));
    }

    /** Returns the operations of the products of {@link #parse}'s network. */
    public static double flops(String text) {
        Matcher matcher = match(text);
        Workload workload = Workload.valueOf(matcher.group(1));
        return workload.forwardFlops() * Integer.parseInt(matcher.group(2));
    }

    private static Matcher match(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "shape: is '%s'; it must be network@batch, for example M1@256".formatted(text));
        }
        return matcher;
    }

    /** Returns the outputs; they hold until the next call. */
    public Matrix of(Matrix inputs) {
        return pass.forward(inputs);
    }

    /** Makes up inputs, always the same. */
    Matrix madeUpInputs() {
        return new RandomMatrix(1).next(batch, net.input().features());
    }
}
