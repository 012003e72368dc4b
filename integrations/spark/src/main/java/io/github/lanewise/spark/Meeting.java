package io.github.lanewise.spark;

import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.distributed.LocalCollective;
import io.github.lanewise.nn.distributed.Rendezvous;
import io.github.lanewise.nn.distributed.RunIdentity;
import io.github.lanewise.nn.distributed.TcpCollective;
import io.github.lanewise.nn.distributed.TcpSettings;
import io.github.lanewise.nn.distributed.Tls;

import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the tasks of a barrier stage become a {@link Collective}: rank 0 opens a port, and Spark
 * carries its number, and the checkpoint to go on from, to all others, once.
 */
final class Meeting {

    private static final String TLS = "spark.lanewise.tls.";

    private final TrainingPlan plan;
    private final BarrierTaskContext context;
    private String checkpoint;

    Meeting(TrainingPlan plan, BarrierTaskContext context) {
        this.plan = plan;
        this.context = context;
    }

    /**
     * Meets the other tasks.
     *
     * @param newest name of the checkpoint that rank 0 has found, or empty
     */
    Collective join(String newest) throws IOException {
        checkpoint = newest;
        if (context.numPartitions() == 1) {
            return LocalCollective.alone(plan.shards());
        }
        int rank = context.partitionId();
        String host = host(context.getTaskInfos()[rank].address());
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(host, 0), context.numPartitions() + 16);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            String[] told =
                    context.allGather(rank == 0 ? host + "\n" + port + "\n" + newest + "\n" : "")[0]
                            .split("\n", -1);
            checkpoint = told[2];
            Rendezvous place =
                    new Rendezvous(
                            rank,
                            context.numPartitions(),
                            told[0],
                            Integer.parseInt(told[1]),
                            host,
                            plan.run(),
                            "Spark");
            RunIdentity run =
                    new RunIdentity(
                            plan.run() + " attempt " + context.stageAttemptNumber(),
                            plan.shards(),
                            plan.estimator(),
                            plan.rows() + " rows");
            return TcpCollective.join(place, run, settings().withListener(listener));
        }
    }

    /** Returns what rank 0 has found. */
    String checkpoint() {
        return checkpoint;
    }

    /** {@code host:port}, where an IPv6 number stands in brackets. */
    private static String host(String address) {
        String host = address.substring(0, address.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private TcpSettings settings() throws IOException {
        TcpSettings settings =
                new TcpSettings()
                        .withDeadline(Duration.ofSeconds(plan.timeoutSeconds()))
                        .withJoinWithin(Duration.ofMinutes(2));
        SparkConf conf = SparkEnv.get().conf();
        if (!conf.contains(TLS + "keyStore")) {
            return settings;
        }
        String keys = conf.get(TLS + "keyStore");
        return settings.withTls(
                Tls.context(
                        Path.of(keys),
                        Path.of(conf.get(TLS + "trustStore", keys)),
                        conf.get(TLS + "keyStorePassword", "").toCharArray()));
    }
}
