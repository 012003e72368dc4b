package io.github.lanewise.bench.profile;

import io.github.lanewise.bench.BoundNet;
import io.github.lanewise.bench.OurBatch;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a training step goes: medians over rounds.
 *
 * @param rows kinds of kernel calls, the one that takes longest first
 * @param plainNanos a step as users have it
 * @param tappedNanos a step whose kernel calls are timed
 */
record StepProfile(List<Row> rows, double plainNanos, double tappedNanos) {

    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final long WARM_UP_SLICES = 30;

    /**
     * A kind of kernel call.
     *
     * @param call kernel and shape
     * @param calls how often a step makes it
     * @param nanos all of them in a step
     */
    record Row(KernelCall call, int calls, double nanos) {
        /** Returns all operations of a step. */
        double flops() {
            return calls * call.flops();
        }
    }

    /**
     * Measures a network: in each round steps without and with clocks take turns.
     *
     * @param rounds turns of each
     * @param sliceMillis length of a turn
     */
    static StepProfile measure(Workload workload, int rounds, int sliceMillis) {
        long slice = sliceMillis * 1_000_000L;
        long warm = Math.min(WARM_UP_NANOS, WARM_UP_SLICES * slice);
        turn(workload, null, warm);
        turn(workload, new CallLog(), warm);
        double[] plain = new double[rounds];
        double[] tapped = new double[rounds];
        List<Map<KernelCall, CallLog.Cost>> costs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            CallLog log = new CallLog();
            if (round % 2 == 0) {
                plain[round] = turn(workload, null, slice);
                tapped[round] = turn(workload, log, slice);
            } else {
                tapped[round] = turn(workload, log, slice);
                plain[round] = turn(workload, null, slice);
            }
            costs.add(log.costs());
        }
        return new StepProfile(rows(costs), median(plain), median(tapped));
    }

    /** Returns the nanoseconds that no kernel takes; the clocks' own are among them. */
    double outsideNanos() {
        return tappedNanos - rows.stream().mapToDouble(Row::nanos).sum();
    }

    /** Returns the operations of all products and convolutions of a step. */
    double flops() {
        return rows.stream().mapToDouble(Row::flops).sum();
    }

    /**
     * Takes steps for some time and returns the nanoseconds of one. The network is a new one, since
     * after many steps on one batch dead weights decay to slow subnormals.
     */
    private static double turn(Workload workload, CallLog log, long nanos) {
        KernelTap.use(log);
        TrainedNet made = TrainedNet.of(workload);
        BoundNet net = new BoundNet(made);
        KernelTap.use(null);
        OurBatch batch = OurBatch.madeUp(made);
        for (int i = 0; i < 3; i++) {
            step(net, batch, log);
        }
        if (log != null) {
            log.clear();
        }
        long begin = System.nanoTime();
        long elapsed;
        long steps = 0;
        do {
            step(net, batch, log);
            steps++;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < nanos);
        return (double) elapsed / steps;
    }

    private static void step(BoundNet net, OurBatch batch, CallLog log) {
        if (log == null) {
            net.run(batch);
            return;
        }
        log.begin();
        net.run(batch);
        log.end();
    }

    private static List<Row> rows(List<Map<KernelCall, CallLog.Cost>> rounds) {
        Map<KernelCall, Row> rows = new LinkedHashMap<>();
        rounds.getFirst()
                .forEach(
                        (call, cost) -> {
                            double[] nanos =
                                    rounds.stream()
                                            .mapToDouble(round -> round.get(call).nanos())
                                            .toArray();
                            rows.put(call, new Row(call, cost.calls(), median(nanos)));
                        });
        return rows.values().stream()
                .sorted(Comparator.comparingDouble(Row::nanos).reversed())
                .toList();
    }

    private static double median(double... values) {
        Arrays.sort(values);
        return (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
    }
}
