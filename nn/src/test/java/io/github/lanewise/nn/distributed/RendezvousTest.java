package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Each launcher's variables, as it sets them. */
class RendezvousTest {

    /** Reads {@code NAME=value NAME=value}. */
    private static Map<String, String> environment(String text) {
        Map<String, String> environment = new HashMap<>();
        for (String entry : text.split(" ")) {
            int equals = entry.indexOf('=');
            environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return environment;
    }

    private static Rendezvous from(String text) {
        return Rendezvous.from(environment(text)).orElseThrow();
    }

    private static void assertRefused(String text, String reason) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> from(text)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aProcessWithoutALauncherIsAlone() {
        assertEquals(Optional.empty(), Rendezvous.from(Map.of("PATH", "/bin", "HOME", "/")));
        assertEquals(Optional.empty(), Rendezvous.from(Map.of("LANEWISE_RANK", " ")));
        assertEquals(
                Optional.empty(),
                Rendezvous.from(environment("LANEWISE_SIZE=1 LANEWISE_COORDINATOR=a:1")));
        // A batch script of Slurm is no worker; srun starts those.
        assertEquals(
                Optional.empty(),
                Rendezvous.from(environment("SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_JOB_ID=1")));
    }

    @Test
    void ownVariables() {
        assertEquals(
                new Rendezvous(3, 8, "node-1", 29400, "0.0.0.0", "night", "LANEWISE_RANK"),
                from(
                        "LANEWISE_RANK=3 LANEWISE_SIZE=8 LANEWISE_COORDINATOR=node-1:29400"
                                + " LANEWISE_BIND=0.0.0.0 LANEWISE_RUN=night"));
    }

    @Test
    void ownVariablesOfOneWorkerNeedNoCoordinator() {
        assertEquals("127.0.0.1", from("LANEWISE_RANK=0 LANEWISE_SIZE=1").host());
    }

    @ParameterizedTest
    @CsvSource({"[::1]:5, ::1, 5", "10.0.0.7:65535, 10.0.0.7, 65535", "a.b.c:1, a.b.c, 1"})
    void coordinatorIsHostAndPort(String address, String host, int port) {
        Rendezvous place = from("LANEWISE_RANK=0 LANEWISE_SIZE=2 LANEWISE_COORDINATOR=" + address);
        assertEquals(host, place.host());
        assertEquals(port, place.port());
    }

    /** The loopback device has many addresses; the others look for rank 0 at this one. */
    @ParameterizedTest
    @CsvSource({
        "[::1]:5, ::1",
        "127.0.0.2:5, 127.0.0.2",
        "localhost:5, 127.0.0.1",
        "node-1:5, 127.0.0.1"
    })
    void listensWhereTheCoordinatorIsIfThatIsOnTheLoopbackDevice(String address, String bind) {
        assertEquals(
                bind,
                from("LANEWISE_RANK=0 LANEWISE_SIZE=2 LANEWISE_COORDINATOR=" + address).bind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node",
                ":5",
                "node:",
                "node:x",
                "node:123456",
                "::1",
                "::1:5",
                "node:-1",
                "node:0",
                "node:65536"
            })
    void aMalformedCoordinatorIsRefused(String address) {
        assertRefused(
                "LANEWISE_RANK=0 LANEWISE_SIZE=2 LANEWISE_COORDINATOR=" + address,
                "LANEWISE_COORDINATOR is \"" + address + "\"; expected host:port");
    }

    @ParameterizedTest
    @CsvSource({
        "LANEWISE_RANK=0, LANEWISE_SIZE is not set",
        "LANEWISE_SIZE=2, LANEWISE_RANK is not set",
        "LANEWISE_COORDINATOR=a:1, 'LANEWISE_RANK is not set, although LANEWISE_COORDINATOR is"
                + " found'",
        "LANEWISE_RANK=0 LANEWISE_SIZE=2, LANEWISE_COORDINATOR is not set",
        "LANEWISE_RANK=x LANEWISE_SIZE=2, LANEWISE_RANK is \"x\"; expected a whole number",
        "LANEWISE_RANK=-1 LANEWISE_SIZE=2, 'LANEWISE_RANK is \"-1\"; expected a whole number from"
                + " 0'",
        "LANEWISE_RANK=2 LANEWISE_SIZE=2 LANEWISE_COORDINATOR=a:1, 'rank is 2, size is 2'",
        "LANEWISE_RANK=0 LANEWISE_SIZE=99999999999, LANEWISE_SIZE is \"99999999999\"",
        "OMPI_COMM_WORLD_RANK=0, OMPI_COMM_WORLD_SIZE is not set",
        "SLURM_PROCID=0 SLURM_STEP_NODELIST=n1, SLURM_NTASKS is not set",
        "JOB_COMPLETION_INDEX=0, LANEWISE_SIZE is not set",
        "JOB_COMPLETION_INDEX=0 JOB_INDEX=1 LANEWISE_SIZE=4, PROCESSES_IN_JOB is not set",
    })
    void whatIsMissingOrMalformedIsNamed(String text, String reason) {
        assertRefused(text, reason);
    }

    @Test
    void aRanksErrorSaysWhichRanksThereAre() {
        assertRefused(
                "SLURM_PROCID=9 SLURM_NTASKS=2 SLURM_STEP_NODELIST=n1",
                "rank is 9, size is 2 (from Slurm); ranks go from 0 to 1");
        assertRefused(
                "LANEWISE_RANK=0 LANEWISE_SIZE=0", "size is 0 (from LANEWISE_RANK); at least 1");
    }

    @Test
    void aNameOfARunThatNoGreetingHoldsIsRefused() {
        assertRefused(
                "LANEWISE_RANK=0 LANEWISE_SIZE=1 LANEWISE_RUN=" + "é".repeat(129),
                "the run's name has 258 bytes (from LANEWISE_RANK); at most 256, set LANEWISE_RUN");
    }

    @Test
    void openMpiOnOneMachine() {
        assertEquals(
                new Rendezvous(1, 4, "127.0.0.1", 29400, "127.0.0.1", "openmpi-77", "Open MPI"),
                from(
                        "OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_SIZE=4"
                                + " OMPI_COMM_WORLD_LOCAL_RANK=1 PMIX_NAMESPACE=77"));
    }

    @Test
    void openMpiOnSeveralMachinesNeedsTheCoordinator() {
        String several =
                "OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_SIZE=2";
        assertRefused(several, "LANEWISE_COORDINATOR is not set, although Open MPI is found");
        assertEquals("node-1", from(several + " LANEWISE_COORDINATOR=node-1:7").host());
    }

    @Test
    void openMpiInsideAJobOfSlurmIsOpenMpi() {
        assertEquals(
                "Open MPI",
                from("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2"
                                + " OMPI_COMM_WORLD_LOCAL_SIZE=2 SLURM_PROCID=0"
                                + " SLURM_STEP_NODELIST=n[1-2] SLURM_NTASKS=1")
                        .source());
    }

    @Test
    void slurm() {
        assertEquals(
                new Rendezvous(5, 8, "gpu03", 29400 + 321, "0.0.0.0", "slurm-654321.0.1", "Slurm"),
                from(
                        "SLURM_PROCID=5 SLURM_NTASKS=8 SLURM_STEP_NUM_TASKS=8 SLURM_JOB_ID=654321"
                                + " SLURM_STEP_ID=0 SLURM_STEP_NODELIST=gpu[03-05,09]"
                                + " SLURM_RESTART_COUNT=1 LANEWISE_BIND=0.0.0.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "'n1', n1",
        "'n1,n2', n1",
        "'node[01-04]', node01",
        "'node[7]', node7",
        "'node[7,9-12],gpu1', node7",
        "'rack[1-2]n[05,07]', rack1n05",
        "'login,node[1-2]', login",
        "'a[1-3]-ib.example,b', a1-ib.example",
    })
    void firstNodeOfSlurm(String list, String first) {
        assertEquals(first, SlurmNodes.first(list));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "n[", "n[]", "n]1", "n[x]", "[1", "n[1-2", "n 1"})
    void aMalformedListOfSlurmIsRefused(String list) {
        assertThrows(IllegalArgumentException.class, () -> SlurmNodes.first(list));
    }

    @Test
    void kubernetesIndexedJob() {
        assertEquals(
                new Rendezvous(
                        2, 4, "train-0.train", 29400, "0.0.0.0", "train", "Kubernetes Indexed Job"),
                from(
                        "JOB_COMPLETION_INDEX=2 LANEWISE_SIZE=4 JOB_NAME=train"
                            + " LANEWISE_BIND=0.0.0.0 LANEWISE_COORDINATOR=train-0.train:29400"));
    }

    @Test
    void kubernetesJobSetNumbersItsJobsFirst() {
        assertEquals(
                new Rendezvous(
                        7,
                        8,
                        "train-workers-0-0.train",
                        29400,
                        "0.0.0.0",
                        "train",
                        "Kubernetes JobSet"),
                from(
                        "JOB_COMPLETION_INDEX=1 JOB_INDEX=3 PROCESSES_IN_JOB=2 LANEWISE_SIZE=8"
                                + " JOBSET_NAME=train LANEWISE_BIND=0.0.0.0"
                                + " LANEWISE_COORDINATOR=train-workers-0-0.train:29400"));
    }
}
