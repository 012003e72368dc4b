package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example manifests are what they claim to be, and give every worker its place. */
class ManifestTest {

    private static final Path DOCS = Path.of("docs", "distributed");

    /** The options of sbatch that the example may use. */
    private static final Set<String> SBATCH =
            Set.of(
                    "job-name",
                    "nodes",
                    "ntasks-per-node",
                    "cpus-per-task",
                    "time",
                    "requeue",
                    "open-mode");

    private static List<JsonNode> documents(String name) throws IOException {
        ObjectMapper mapper =
                new ObjectMapper(new YAMLFactory())
                        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
        try (MappingIterator<JsonNode> documents =
                mapper.readerFor(JsonNode.class).readValues(DOCS.resolve(name).toFile())) {
            return documents.readAll();
        }
    }

    private static void assertKind(JsonNode node, String version, String kind) {
        assertEquals(version, node.path("apiVersion").asText());
        assertEquals(kind, node.path("kind").asText());
        assertEquals("train", node.at("/metadata/name").asText());
    }

    /**
     * Returns the variables that a container gets; labels have the values of a Job's first number.
     */
    private static Map<String, String> environment(JsonNode pod, Map<String, String> labels) {
        JsonNode container = pod.at("/spec/containers/0");
        assertTrue(container.hasNonNull("image"));
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container.path("env")) {
            String value = variable.path("value").asText(null);
            if (value == null) {
                String path = variable.at("/valueFrom/fieldRef/fieldPath").asText();
                value = labels.get(path);
                assertTrue(value != null, () -> "no such field: " + path);
            }
            environment.put(variable.path("name").asText(), value);
        }
        return environment;
    }

    private static int port(JsonNode pod) {
        return pod.at("/spec/containers/0/ports/0/containerPort").asInt();
    }

    private static void assertIndexed(JsonNode spec, int pods) {
        assertEquals("Indexed", spec.path("completionMode").asText());
        assertEquals(pods, spec.path("completions").asInt());
        assertEquals(pods, spec.path("parallelism").asInt());
    }

    @Test
    void indexedJobGivesEachPodItsPlace() throws IOException {
        List<JsonNode> documents = documents("job.yaml");
        assertEquals(2, documents.size());
        JsonNode service = documents.get(0);
        assertKind(service, "v1", "Service");
        assertEquals("None", service.at("/spec/clusterIP").asText());
        assertTrue(service.at("/spec/publishNotReadyAddresses").asBoolean());
        assertEquals(
                "train",
                service.path("spec")
                        .path("selector")
                        .path("batch.kubernetes.io/job-name")
                        .asText());
        JsonNode job = documents.get(1);
        assertKind(job, "batch/v1", "Job");
        assertIndexed(job.path("spec"), 4);
        JsonNode pod = job.at("/spec/template");
        assertEquals("train", pod.at("/spec/subdomain").asText());
        Map<String, String> labels =
                Map.of("metadata.labels['batch.kubernetes.io/controller-uid']", "uid-1");
        for (int index = 0; index < 4; index++) {
            Map<String, String> environment = environment(pod, labels);
            environment.put("JOB_COMPLETION_INDEX", Integer.toString(index));
            assertEquals(
                    new Rendezvous(
                            index,
                            4,
                            "train-0.train",
                            port(pod),
                            "0.0.0.0",
                            "uid-1",
                            "Kubernetes Indexed Job"),
                    Rendezvous.from(environment).orElseThrow());
        }
    }

    @Test
    void jobSetGivesEachPodItsPlace() throws IOException {
        List<JsonNode> documents = documents("jobset.yaml");
        assertEquals(1, documents.size());
        JsonNode set = documents.get(0);
        assertKind(set, "jobset.x-k8s.io/v1alpha2", "JobSet");
        assertTrue(set.at("/spec/network/enableDNSHostnames").asBoolean());
        assertTrue(set.at("/spec/failurePolicy/maxRestarts").asInt() > 0);
        JsonNode jobs = set.at("/spec/replicatedJobs/0");
        assertEquals("workers", jobs.path("name").asText());
        int replicas = jobs.path("replicas").asInt();
        JsonNode spec = jobs.at("/template/spec");
        assertIndexed(spec, 4);
        JsonNode pod = spec.path("template");
        for (int rank = 0; rank < 4 * replicas; rank++) {
            Map<String, String> labels =
                    Map.of(
                            "metadata.labels['jobset.sigs.k8s.io/job-index']",
                            "" + rank / 4,
                            "metadata.labels['jobset.sigs.k8s.io/restart-attempt']",
                            "0");
            Map<String, String> environment = environment(pod, labels);
            environment.put("JOB_COMPLETION_INDEX", "" + rank % 4);
            // Kubernetes replaces $(RESTARTS).
            assertEquals(
                    new Rendezvous(
                            rank,
                            4 * replicas,
                            "train-workers-0-0.train",
                            port(pod),
                            "0.0.0.0",
                            "train-$(RESTARTS)",
                            "Kubernetes JobSet"),
                    Rendezvous.from(environment).orElseThrow());
        }
    }

    @Test
    void batchScriptAsksSlurmForWhatItKnows() throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve("train.sbatch"));
        assertEquals("#!/bin/bash", lines.get(0));
        Pattern option = Pattern.compile("#SBATCH --([a-z-]+)(=\\S+)?");
        int options = 0;
        boolean commands = false;
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("#SBATCH")) {
                assertTrue(!commands, () -> "Slurm reads no options after a command: " + line);
                Matcher matcher = option.matcher(line);
                assertTrue(matcher.matches() && SBATCH.contains(matcher.group(1)), line);
                options++;
            } else {
                commands |= !line.isBlank() && !line.startsWith("#");
            }
        }
        assertEquals(7, options);
        assertTrue(lines.contains("export LANEWISE_BIND=0.0.0.0"));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("srun ")));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void batchScriptIsAScriptOfBash() throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-n", DOCS.resolve("train.sbatch").toString())
                        .inheritIO()
                        .start();
        assertEquals(0, bash.waitFor());
    }
}
