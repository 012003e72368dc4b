package io.github.lanewise.serve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A model whose predictions wait until the test lets them go. */
final class BlockedModel implements ServedModel {

    /** A request to it. */
    static final String REQUEST =
            """
            {"inputs": [{"name": "x", "datatype": "FP32", "shape": [1], "data": [1]}]}\
            """;

    /** Has a permit for each prediction that has begun. */
    final Semaphore begun = new Semaphore(0);

    /** Lets all predictions go. */
    final CountDownLatch gate = new CountDownLatch(1);

    @Override
    public String name() {
        return "blocked";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String platform() {
        return "test";
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of(new TensorSpec("x", Datatype.FP32, List.of(), List.of(-1), Map.of()));
    }

    @Override
    public List<TensorSpec> outputs() {
        return List.of(new TensorSpec("y", Datatype.FP32, List.of(), List.of(-1), Map.of()));
    }

    @Override
    public boolean takesNull() {
        return false;
    }

    @Override
    public List<Tensor> infer(int rows, List<Tensor> inputs, Observer observer) {
        begun.release();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("secret 4711", e);
        }
        return List.of(new Tensor("y", Datatype.FP32, List.of(rows), inputs.getFirst().values()));
    }
}
