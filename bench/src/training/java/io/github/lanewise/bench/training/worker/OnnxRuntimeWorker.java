package io.github.lanewise.bench.training.worker;

import ai.onnxruntime.OrtEnvironment;

import io.github.lanewise.bench.Workload;

import java.io.IOException;
import java.nio.file.Path;

/** ONNX Runtime, which answers and does not train, on the model that our exporter wrote. */
public final class OnnxRuntimeWorker implements Stack {

    /** The property that says whether its threads wait actively. */
    private static final String SPINNING = "bench.spinning";

    private final int threads;

    private OnnxRuntimeWorker(int threads) {
        this.threads = threads;
    }

    /** Answers on standard output; takes the number of threads. */
    public static void main(String... args) throws IOException {
        new WorkerLoop(new OnnxRuntimeWorker(Integer.parseInt(args[0]))).run();
    }

    @Override
    public String version() {
        return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public boolean trains() {
        return false;
    }

    /** It takes whatever our exporter writes. */
    @Override
    public boolean builds(Workload workload) {
        return true;
    }

    @Override
    public Inference inference(Workload workload, int batch, Samples samples) {
        return OnnxRuntimeInference.of(batch, samples, threads, Boolean.getBoolean(SPINNING));
    }

    @Override
    public Training training(Workload workload, Samples samples) {
        throw new UnsupportedOperationException("ONNX Runtime does not train");
    }

    @Override
    public float firstStep(Workload workload) {
        throw new UnsupportedOperationException("ONNX Runtime does not train");
    }

    @Override
    public float epoch(Workload workload, Path folder) {
        throw new UnsupportedOperationException("ONNX Runtime does not train");
    }
}
