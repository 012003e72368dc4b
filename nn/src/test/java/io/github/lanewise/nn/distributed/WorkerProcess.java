package io.github.lanewise.nn.distributed;

import java.time.Duration;

/**
 * A worker in a process of its own, for tests that kill or freeze one: adds ones for ever.
 * Arguments: rank, size, port, deadline in milliseconds. Ends with 3 if another worker is lost.
 */
final class WorkerProcess {

    private WorkerProcess() {}

    public static void main(String[] arguments) throws Exception {
        int rank = Integer.parseInt(arguments[0]);
        int size = Integer.parseInt(arguments[1]);
        TcpSettings settings =
                Workers.SETTINGS.withDeadline(Duration.ofMillis(Long.parseLong(arguments[3])));
        Rendezvous place = Rendezvous.onThisMachine(rank, size, Integer.parseInt(arguments[2]));
        try (Collective worker = TcpCollective.join(place, Workers.run(size), settings)) {
            float[][] own = new float[1][100_000];
            float[] sum = new float[100_000];
            for (long step = 0; ; step++) {
                worker.step(step);
                worker.allReduce(own, 0, sum.length, sum);
            }
        } catch (WorkerLostException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }
}
