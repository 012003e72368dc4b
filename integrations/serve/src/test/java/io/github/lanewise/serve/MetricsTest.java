package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What a service tells of itself. */
@Timeout(120)
class MetricsTest {

    @Test
    void countsWhatItSaw() throws Exception {
        try (Service service =
                new Service(new InferenceServer(List.of(new TableModel("c", Models.table()))))) {
            service.post(
                    "/predict",
                    """
                    [{"age": null, "job": "diver", "member": true, "since": null, "x": 1},
                     {"age": 3, "job": "cook", "member": null, "since": null, "y": 1}]\
                    """);
            service.post("/predict", "{}");
            service.get("/v2/models/c");
            service.get("/nowhere");
            String text = service.get("/metrics").body();
            for (String line :
                    List.of(
                            "# TYPE lanewise_requests_total counter",
                            "lanewise_requests_total{endpoint=\"predict\",code=\"200\"} 1",
                            "lanewise_requests_total{endpoint=\"predict\",code=\"400\"} 1",
                            "lanewise_requests_total{endpoint=\"metadata\",code=\"200\"} 1",
                            "lanewise_requests_total{endpoint=\"other\",code=\"404\"} 1",
                            "lanewise_rows_total{model=\"c\"} 2",
                            "lanewise_missing_values_total{model=\"c\",column=\"since\"} 2",
                            "lanewise_missing_values_total{model=\"c\",column=\"age\"} 1",
                            "lanewise_unknown_values_total{model=\"c\",column=\"job\"} 1",
                            "lanewise_extra_fields_total{model=\"c\"} 2",
                            "lanewise_queue_length 0",
                            "lanewise_ready 1",
                            "# TYPE lanewise_request_duration_seconds histogram",
                            "lanewise_request_duration_seconds_count{endpoint=\"predict\"} 2")) {
                assertTrue(text.contains(line + "\n"), line + " is not in\n" + text);
            }
            long predictions =
                    text.lines()
                            .filter(line -> line.startsWith("lanewise_predictions_total{"))
                            .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                            .sum();
            assertEquals(2, predictions);
            for (String line : text.lines().toList()) {
                assertTrue(
                        line.matches(
                                "# (HELP|TYPE) .*|[a-z_]+(_bucket)?(\\{([a-z]+=\"[^\"]*\",?)*})?"
                                        + " [0-9.]+"),
                        line);
            }
        }
    }

    @Test
    void labelsAreEscaped() {
        Metrics metrics = new Metrics();
        metrics.counter("a", "b");
        metrics.add("a", 3, "x", "1\"2\\3\n4");
        assertTrue(metrics.text().contains("lanewise_a{x=\"1\\\"2\\\\3\\n4\"} 3\n"));
    }

    @Test
    void bucketsAreCumulative() {
        Metrics metrics = new Metrics();
        metrics.histogram("d", "e");
        metrics.duration("d", 400_000, "x", "y");
        metrics.duration("d", 20_000_000_000L, "x", "y");
        String text = metrics.text();
        assertTrue(text.contains("lanewise_d_bucket{x=\"y\",le=\"5.0E-4\"} 1\n"), text);
        assertTrue(text.contains("lanewise_d_bucket{x=\"y\",le=\"10.0\"} 1\n"), text);
        assertTrue(text.contains("lanewise_d_bucket{x=\"y\",le=\"+Inf\"} 2\n"), text);
        assertTrue(text.contains("lanewise_d_sum{x=\"y\"} 20.000400\n"), text);
    }

    @Test
    void flightRecorderSeesPredictions(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("p.jfr");
        try (Recording recording = new Recording();
                Service service = new Service(new InferenceServer(List.of(Models.tensors())))) {
            recording.enable("io.github.lanewise.Prediction").withoutThreshold();
            recording.start();
            assertEquals(200, service.post("/predict", "[1,2,3,4,5,6]").statusCode());
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events =
                RecordingFile.readAllEvents(file).stream()
                        .filter(e -> e.getEventType().getName().endsWith(".Prediction"))
                        .toList();
        assertEquals(1, events.size());
        assertEquals("pets", events.getFirst().getString("model"));
        assertEquals(1, events.getFirst().getInt("rows"));
    }
}
