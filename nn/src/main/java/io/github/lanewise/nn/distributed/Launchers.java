package io.github.lanewise.nn.distributed;

import java.util.Map;
import java.util.Optional;

/**
 * Reads the variables by which launchers tell a process its place. Looks at nothing but the map.
 */
final class Launchers {

    /** Rank 0's port, if nothing says otherwise. */
    private static final int PORT = 29_400;

    /** So that two jobs of one Slurm node seldom meet on a port. */
    private static final int PORTS = 1000;

    private static final int LAST_PORT = 65_535;

    private static final String HOST_AND_PORT =
            "host:port, such as node-1:29400, with a port from 1 to " + LAST_PORT;

    private final Map<String, String> environment;

    Launchers(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    Optional<Rendezvous> find() {
        if (has("LANEWISE_RANK")) {
            return Optional.of(own());
        }
        if (has("OMPI_COMM_WORLD_RANK")) {
            return Optional.of(openMpi());
        }
        // Both are set by srun; in the batch script itself, which is no worker, the second is not.
        if (has("SLURM_PROCID") && has("SLURM_STEP_NODELIST")) {
            return Optional.of(slurm());
        }
        if (has("JOB_COMPLETION_INDEX")) {
            return Optional.of(kubernetes());
        }
        if (has("LANEWISE_SIZE") && number("LANEWISE_SIZE") != 1) {
            throw missing("LANEWISE_RANK", "LANEWISE_SIZE");
        }
        if (has("LANEWISE_COORDINATOR") && !has("LANEWISE_SIZE")) {
            throw missing("LANEWISE_RANK", "LANEWISE_COORDINATOR");
        }
        return Optional.empty();
    }

    private Rendezvous own() {
        return place(number("LANEWISE_RANK"), size("LANEWISE_RANK"), null, "", "LANEWISE_RANK");
    }

    private Rendezvous openMpi() {
        int size = size("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK");
        boolean oneMachine =
                has("OMPI_COMM_WORLD_LOCAL_SIZE") && number("OMPI_COMM_WORLD_LOCAL_SIZE") == size;
        String run = first("PMIX_NAMESPACE", "OMPI_MCA_ess_base_jobid");
        return place(
                number("OMPI_COMM_WORLD_RANK"),
                size,
                oneMachine ? Rendezvous.LOOPBACK + ":" + PORT : null,
                run.isEmpty() ? "" : "openmpi-" + run,
                "Open MPI");
    }

    private Rendezvous slurm() {
        String tasks = has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS";
        String job = first("SLURM_JOB_ID", "SLURM_JOBID");
        int port = PORT + (job.matches("[0-9]{1,9}") ? Integer.parseInt(job) % PORTS : 0);
        String run = "slurm-%s.%s.%s";
        return place(
                number("SLURM_PROCID"),
                size(tasks, "SLURM_PROCID"),
                SlurmNodes.first(environment.get("SLURM_STEP_NODELIST")) + ":" + port,
                run.formatted(job, first("SLURM_STEP_ID"), first("SLURM_RESTART_COUNT")),
                "Slurm");
    }

    /**
     * An Indexed Job sets the index alone; of a JobSet with several Jobs, the manifest passes on
     * the Job's number and how many Pods each has.
     */
    private Rendezvous kubernetes() {
        int index = number("JOB_COMPLETION_INDEX");
        boolean jobSet = has("JOB_INDEX");
        int rank = index;
        if (jobSet) {
            rank += number("JOB_INDEX") * number("PROCESSES_IN_JOB", "JOB_INDEX");
        }
        String run = first("JOBSET_NAME", "JOB_NAME");
        return place(
                rank,
                size("JOB_COMPLETION_INDEX"),
                null,
                run,
                jobSet ? "Kubernetes JobSet" : "Kubernetes Indexed Job");
    }

    private Rendezvous place(int rank, int size, String coordinator, String run, String source) {
        String address = first("LANEWISE_COORDINATOR");
        if (!address.isEmpty() && size > 1 && port(address) == 0) {
            throw malformed("LANEWISE_COORDINATOR", address, HOST_AND_PORT);
        }
        if (address.isEmpty()) {
            if (coordinator == null && size > 1) {
                throw missing("LANEWISE_COORDINATOR", source);
            }
            address = coordinator == null ? Rendezvous.LOOPBACK + ":" + PORT : coordinator;
        }
        String host = host(address);
        return new Rendezvous(
                rank,
                size,
                host,
                port(address),
                has("LANEWISE_BIND") ? first("LANEWISE_BIND") : Rendezvous.loopbackNear(host),
                has("LANEWISE_RUN") ? first("LANEWISE_RUN") : run,
                source);
    }

    private int size(String because) {
        return size("LANEWISE_SIZE", because);
    }

    private int size(String name, String because) {
        return has("LANEWISE_SIZE") ? number("LANEWISE_SIZE") : number(name, because);
    }

    /** {@code host:port}; an IPv6 number stands in brackets. */
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            return host.substring(1, host.length() - 1);
        }
        if (host.isEmpty() || host.indexOf(':') >= 0) {
            throw malformed("LANEWISE_COORDINATOR", address, HOST_AND_PORT);
        }
        return host;
    }

    private static int port(String address) {
        String port = address.substring(address.lastIndexOf(':') + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > LAST_PORT) {
            throw malformed("LANEWISE_COORDINATOR", address, HOST_AND_PORT);
        }
        return Integer.parseInt(port);
    }

    private boolean has(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    /** Returns the first of these variables that is set, or nothing. */
    private String first(String... names) {
        for (String name : names) {
            if (has(name)) {
                return environment.get(name).strip();
            }
        }
        return "";
    }

    private int number(String name, String because) {
        if (!has(name)) {
            throw missing(name, because);
        }
        return number(name);
    }

    private int number(String name) {
        String value = first(name);
        if (!value.matches("[0-9]{1,9}")) {
            throw malformed(name, value, "a whole number from 0 to 999999999");
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException missing(String name, String because) {
        return new IllegalArgumentException(
                "Rendezvous: %s is not set, although %s is found; set it".formatted(name, because));
    }

    private static IllegalArgumentException malformed(String name, String value, String expected) {
        return new IllegalArgumentException(
                "Rendezvous: %s is \"%s\"; expected %s".formatted(name, value, expected));
    }
}
