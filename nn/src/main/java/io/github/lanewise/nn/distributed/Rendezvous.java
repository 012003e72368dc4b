package io.github.lanewise.nn.distributed;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Which worker this process is, and where all meet: rank 0 listens at the coordinator's address,
 * the others go there.
 *
 * @param rank this worker, from 0
 * @param size the number of workers
 * @param host where rank 0 is
 * @param port where rank 0 listens
 * @param bind the address on which this worker listens: its name or number, 0.0.0.0 for all
 * @param run names the run, as far as a scheduler has numbered it; empty if not
 * @param source who said so, for a log: {@code LANEWISE_RANK}, {@code Slurm} ...
 */
public record Rendezvous(
        int rank, int size, String host, int port, String bind, String run, String source) {

    static final String LOOPBACK = "127.0.0.1";

    /**
     * Describes a worker's place.
     *
     * @throws IllegalArgumentException if the rank is not below the size, the port is none, or the
     *     run's name has more than 256 bytes
     */
    public Rendezvous {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "Rendezvous: size is %s (from %s); at least 1 worker".formatted(size, source));
        }
        if (rank < 0 || rank >= size) {
            throw new IllegalArgumentException(
                    "Rendezvous: rank is %s, size is %s (from %s); ranks go from 0 to %s, one for each worker"
                            .formatted(rank, size, source, size - 1));
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "Rendezvous: port is %s (from %s); 0 to 65535".formatted(port, source));
        }
        int length = run.getBytes(StandardCharsets.UTF_8).length;
        if (length > RunIdentity.LONGEST) {
            throw new IllegalArgumentException(
                    "Rendezvous: the run's name has %s bytes (from %s); at most %s, set LANEWISE_RUN to a shorter one"
                            .formatted(length, source, RunIdentity.LONGEST));
        }
    }

    /** Describes a worker of a group on this machine alone. */
    public static Rendezvous onThisMachine(int rank, int size, int port) {
        return new Rendezvous(rank, size, LOOPBACK, port, LOOPBACK, "", "the program");
    }

    /**
     * Finds a worker's place in the environment variables that its launcher has set: those of our
     * own ({@code LANEWISE_RANK}, {@code LANEWISE_SIZE}, {@code LANEWISE_COORDINATOR}), of Open
     * MPI's mpirun, of Slurm's srun, or of a Kubernetes Indexed Job or JobSet, in this order.
     * Whatever the launcher, {@code LANEWISE_COORDINATOR} (host:port), {@code LANEWISE_SIZE},
     * {@code LANEWISE_BIND} and {@code LANEWISE_RUN} override what was derived.
     *
     * @param environment as {@link System#getenv()} returns it
     * @return the place; empty if no launcher is recognized, and the process is alone
     * @throws IllegalArgumentException if a launcher is recognized but something is missing or
     *     malformed: names the variable
     */
    public static Optional<Rendezvous> from(Map<String, String> environment) {
        return new Launchers(environment).find();
    }

    /** Others could never reach a worker that listens on loopback while rank 0 is elsewhere. */
    void checkBind() {
        if (isLoopback(bind) && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "join: the coordinator %s:%s is on the network, but this worker listens on %s; set LANEWISE_BIND to an address of this machine, or to 0.0.0.0 for all"
                            .formatted(host, port, bind));
        }
    }

    /** Returns the host's address if it is one of the loopback device, else its usual one. */
    static String loopbackNear(String host) {
        return isLoopbackNumber(host) ? host : LOOPBACK;
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost") || isLoopbackNumber(name);
    }

    private static boolean isLoopbackNumber(String name) {
        try {
            // A name that is no number may not be known yet, and costs a question to a server.
            boolean number = name.matches("[0-9.]+") || name.indexOf(':') >= 0;
            return number && InetAddress.getByName(name).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
