package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.inference.InferenceSession;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a network for outputs, as a user's program would: one session for all, and for each thread a
 * place for its outputs.
 */
public final class Answers {

    private static final Pattern TEXT = Pattern.compile("(M\\d+)@(\\d+)");

    private final TrainedNet net;
    private final InferenceSession session;
    private final Matrix outputs;

    /** Opens a session for batches of such a size. */
    public Answers(TrainedNet net, int batch) {
        this(net, InferenceSession.of(net.model(), net.input(), batch));
    }

    private Answers(TrainedNet net, InferenceSession session) {
        this.net = net;
        this.session = session;
        outputs = Matrix.zeros(session.batch(), session.outputShape().features());
    }

    /** Returns another one on the same session, for another thread. */
    public Answers forAnotherThread() {
        return new Answers(net, session);
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
        session.predict(inputs, outputs);
        return outputs;
    }

    /** Makes up inputs, always the same. */
    Matrix madeUpInputs() {
        int batch = session.batch();
        return Matrix.of(net.madeUp(batch).inputs(), batch, net.input().features());
    }
}
