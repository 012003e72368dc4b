import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.serve.InferenceServer;
import io.github.lanewise.serve.TensorModel;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Trains the same network again and again, asks another, and serves it over HTTP, all at once, for
 * some minutes; prints the live heap, the threads and the time of a step. Each training must end in
 * the same bits, no answer may change, and heap and threads must not grow. Argument: minutes.
 */
final class Soak {

    private static final Shape IMAGE = new Shape(1, 12, 12);
    private static final int SAMPLES = 640;
    private static final int BATCH = 64;

    /** What may be live at the end beyond what was at the first third, when all was warm. */
    private static final double GROWTH = 1.15;

    private final AtomicLong trainings = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    /** Answers that the service was too busy for a moment, as it should give. */
    private final AtomicLong refusals = new AtomicLong();

    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private volatile boolean over;

    private static Layer model() {
        return new Sequential(
                new Conv2d(1, 8, 3).padding(1),
                new BatchNorm2d(8),
                new ReLU(),
                new Flatten(),
                new Dropout(0.2f),
                new Linear(8 * 144, 10));
    }

    private static Dataset data() {
        Matrix inputs = Matrix.zeros(SAMPLES, IMAGE.features());
        for (int i = 0; i < inputs.size(); i++) {
            inputs.data()[i] = i % 17 * 0.1f - i % 7 * 0.2f;
        }
        int[] labels = new int[SAMPLES];
        Arrays.setAll(labels, i -> i % 10);
        return Dataset.of(inputs, IMAGE, Targets.labels(labels));
    }

    private int train(Dataset data) {
        Layer model = model();
        long begin = System.nanoTime();
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.003f)).fit(data, 5, BATCH);
        nanos.addAndGet(System.nanoTime() - begin);
        steps.addAndGet(5 * SAMPLES / BATCH);
        trainings.incrementAndGet();
        int hash = 1;
        for (var parameter : model.parameters().values()) {
            hash = 31 * hash + Arrays.hashCode(parameter.value().data());
        }
        return hash;
    }

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(String name, Work work) {
        return Thread.ofPlatform()
                .name(name)
                .start(
                        () -> {
                            try {
                                while (!over) {
                                    work.run();
                                }
                            } catch (Throwable e) {
                                fault.compareAndSet(null, e);
                            }
                        });
    }

    private static void same(Object expected, Object found, String what) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(what + " changed: " + expected + " to " + found);
        }
    }

    void run(double minutes) throws Exception {
        Dataset data = data();
        int bits = train(data);
        Layer served = model();
        InferenceSession session = InferenceSession.of(served, IMAGE, 16);
        float[] sample = new float[IMAGE.features()];
        String answer = Arrays.toString(session.predict(sample));
        TensorModel tensor = new TensorModel("m", served, IMAGE, 1, 0, List.of());
        try (InferenceServer server = new InferenceServer(List.of(tensor)).port(0).start();
                HttpClient client = HttpClient.newHttpClient()) {
            URI place = URI.create("http://127.0.0.1:" + server.address().getPort() + "/predict");
            HttpRequest request =
                    HttpRequest.newBuilder(place)
                            .header("Content-Type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            Arrays.deepToString(new float[][] {sample})))
                            .build();
            String first = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            List<Thread> threads =
                    List.of(
                            start("train", () -> same(bits, train(data), "the weights")),
                            start("ask", () -> ask(session, sample, answer)),
                            start("ask too", () -> ask(session, sample, answer)),
                            start(
                                    "client",
                                    () -> {
                                        HttpResponse<String> got =
                                                client.send(
                                                        request,
                                                        HttpResponse.BodyHandlers.ofString());
                                        if (got.statusCode() == 503) {
                                            refusals.incrementAndGet();
                                            return;
                                        }
                                        same(200, got.statusCode(), got.body());
                                        same(first, got.body(), "the response");
                                        requests.incrementAndGet();
                                    }));
            watch(minutes);
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
        if (fault.get() != null) {
            throw new IllegalStateException(fault.get());
        }
    }

    private void ask(InferenceSession session, float[] sample, String answer) throws Exception {
        same(answer, Arrays.toString(session.predict(sample)), "the answer");
        answers.incrementAndGet();
        Thread.sleep(1);
    }

    private void watch(double minutes) throws Exception {
        int rows = 30;
        double[] heap = new double[rows];
        int[] threads = new int[rows];
        System.out.println(
                "minutes  live MB  threads  ms a step  trainings  answers  requests  refused");
        for (int row = 0; row < rows && fault.get() == null; row++) {
            long stepsBefore = steps.get();
            long nanosBefore = nanos.get();
            Thread.sleep((long) (minutes * 60_000 / rows));
            System.gc();
            heap[row] =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
            threads[row] = ManagementFactory.getThreadMXBean().getThreadCount();
            System.out.printf(
                    Locale.ROOT,
                    "%7.2f  %7.1f  %7d  %9.3f  %9d  %7d  %8d  %7d%n",
                    minutes * (row + 1) / rows,
                    heap[row],
                    threads[row],
                    (nanos.get() - nanosBefore) / 1e6 / Math.max(1, steps.get() - stepsBefore),
                    trainings.get(),
                    answers.get(),
                    requests.get(),
                    refusals.get());
        }
        double warm = Arrays.stream(heap, rows / 3, 2 * rows / 3).max().orElseThrow();
        double end = Arrays.stream(heap, 2 * rows / 3, rows).average().orElseThrow();
        if (end > GROWTH * warm) {
            throw new IllegalStateException(
                    "the live heap grew from %s to %s MB".formatted(warm, end));
        }
        int most = Arrays.stream(threads, rows / 3, 2 * rows / 3).max().orElseThrow();
        if (threads[rows - 1] > most + 2) {
            throw new IllegalStateException(
                    "threads grew from %d to %d".formatted(most, threads[rows - 1]));
        }
    }

    public static void main(String[] arguments) throws Exception {
        new Soak().run(Double.parseDouble(arguments[0]));
        System.out.println("soak: flat heap and threads, the same bits throughout");
        System.exit(0);
    }
}
