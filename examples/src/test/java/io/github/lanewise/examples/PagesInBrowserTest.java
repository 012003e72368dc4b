package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.serve.InferenceServer;
import io.github.lanewise.serve.ModelLoader;
import io.github.lanewise.serve.ServedModel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reports and the service's page in a browser: nothing on the console, no request but the service's
 * own, no violation that axe-core finds, nothing cut off at 400 pixels.
 *
 * <p>{@code -Dlanewise.pictures=DIR} keeps pictures of the pages.
 */
@Timeout(600)
class PagesInBrowserTest {

    private static final int WIDE = 1200;
    private static final int NARROW = 400;
    private static final String EVIL = "<script>alert(1)</script>";

    @TempDir private static Path folder;

    private static Browser browser;
    private static String axe;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.installed().isPresent(), "no Chromium on the PATH: pages not tried");
        try (InputStream in = PagesInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> lines = new ArrayList<>(List.of("\"" + EVIL + "\",town,since,answer,price"));
        Random random = new Random(5);
        for (int i = 0; i < 240; i++) {
            double x = random.nextGaussian();
            lines.add(
                    "%.3f,<b>%d,2024-%02d-%02d,%s,%.2f"
                            .formatted(
                                    x,
                                    i % 11,
                                    1 + i % 12,
                                    1 + i % 28,
                                    List.of("no", "yes", EVIL).get(x < 0 ? 0 : 1 + i % 2),
                                    100 + 10 * x + i % 11));
        }
        Files.write(folder.resolve("table.csv"), lines);
        train("table", "classes", "answer", "--drop", "price");
        train("table", "numbers", "price", "--drop", "answer");
        Path two = folder.resolve("two.csv");
        Files.write(two, lines.stream().filter(line -> !line.contains(EVIL + ",")).toList());
        train("two", "binary", "answer", "--drop", "price");
        run("mnist", "--embedded", "--out", folder.resolve("digits").toString());
        browser = new Browser(Browser.installed().get(), folder);
    }

    private static void train(String csv, String out, String target, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", folder + "/" + csv + ".csv"));
        arguments.addAll(List.of("--target", target, "--epochs", "3"));
        arguments.addAll(List.of("--out", folder + "/" + out));
        arguments.addAll(List.of(more));
        run(arguments.toArray(String[]::new));
    }

    private static void run(String... arguments) {
        assertEquals(0, Main.commandLine().execute(arguments), String.join(" ", arguments));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    /** Looks at a page in light and dark, wide and narrow. */
    private static void examine(Tab tab, URI page, String ready, String name) throws Exception {
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(WIDE, NARROW)) {
                tab.look(width, dark);
                tab.open(page);
                tab.await(ready);
                String where = name + (dark ? "-dark-" : "-light-") + width;
                keep(tab, where);
                assertEquals(List.of(), tab.messages(), where);
                assertTrue(
                        tab.evaluate("document.documentElement.scrollWidth").asInt() <= width,
                        where + " is wider than its window");
                assertEquals("", violations(tab), where);
            }
        }
    }

    private static void keep(Tab tab, String name) throws Exception {
        String pictures = System.getProperty("lanewise.pictures");
        if (pictures != null) {
            Files.write(Path.of(pictures, name + ".png"), tab.picture());
        }
    }

    private static String violations(Tab tab) throws Exception {
        tab.evaluate(axe + "; 0");
        JsonNode found =
                tab.evaluate(
                        "axe.run().then(r => r.violations.map(v => v.id + ' (' + v.help + '): ' +"
                                + " v.nodes.map(n => n.html).slice(0, 3).join(' ')).join('\\n"
                                + "'))");
        return found.asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "binary", "numbers", "digits"})
    void reportAsksForNothingAndCanBeReadByAll(String run) throws Exception {
        URI page = folder.resolve(run).resolve("report.html").toUri();
        try (Tab tab = browser.tab()) {
            examine(tab, page, "true", "report-" + run);
            assertOnlyFrom(page, tab);
            assertEquals(0, tab.evaluate("document.scripts.length").asInt());
            if (run.equals("digits")) {
                // the last look was at a narrow window
                assertTrue(
                        tab.evaluate(
                                        "[...document.querySelectorAll('#run td')].every(td =>"
                                            + " td.getBoundingClientRect().right <= innerWidth)")
                                .asBoolean(),
                        "what was run is out of sight");
            }
            if (run.equals("classes")) {
                assertTrue(tab.evaluate("document.body.innerText").asText().contains(EVIL));
            }
        }
    }

    private static InferenceServer serve(String run) throws Exception {
        ServedModel model = ModelLoader.load(folder.resolve(run).resolve("model.safetensors"));
        return new InferenceServer(List.of(model)).port(0).start();
    }

    private static URI address(InferenceServer server) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + "/");
    }

    private static void assertOnlyFrom(URI page, Tab tab) {
        assertTrue(tab.requests().contains(page.toString()), "what is asked for was not seen");
        for (String request : tab.requests()) {
            assertTrue(request.startsWith(page.toString()) || request.startsWith("data:"), request);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "binary", "numbers"})
    void formOfATablePredictsAsItIsFilledIn(String run) throws Exception {
        try (InferenceServer server = serve(run);
                Tab tab = browser.tab()) {
            URI page = address(server);
            String shown = run.equals("numbers") ? "#number" : "#bars";
            examine(
                    tab,
                    page,
                    "document.querySelector('" + shown + "').textContent !== ''",
                    "service-" + run);
            assertOnlyFrom(page, tab);
            String before =
                    tab.evaluate("document.querySelector('" + shown + "').textContent").asText();
            tab.evaluate(
                    "const f = document.querySelector('form#x, #in input[type=text]'); f.value ="
                            + " '2.5'; f.dispatchEvent(new Event('input')); 0");
            tab.await("document.querySelector('" + shown + "').textContent !== '" + before + "'");
            assertEquals(List.of(), tab.messages());
        }
    }

    private static void mouse(Tab tab, String type, double x, double y) throws Exception {
        tab.command(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        "left",
                        "buttons",
                        1,
                        "clickCount",
                        1));
    }

    /** Draws with the mouse; points are shares of the field's side. */
    private static void draw(Tab tab, double[][] points) throws Exception {
        JsonNode field =
                tab.evaluate(
                        "(r => [r.left, r.top, r.width])"
                                + "(document.getElementById('canvas').getBoundingClientRect())");
        for (int i = 0; i <= points.length; i++) {
            double[] point = points[Math.min(i, points.length - 1)];
            mouse(
                    tab,
                    i == 0 ? "mousePressed" : i == points.length ? "mouseReleased" : "mouseMoved",
                    field.get(0).asDouble() + point[0] * field.get(2).asDouble(),
                    field.get(1).asDouble() + point[1] * field.get(2).asDouble());
        }
    }

    @Test
    void drawnZeroAndOneAreRead() throws Exception {
        try (InferenceServer server = serve("digits");
                Tab tab = browser.tab()) {
            URI page = address(server);
            examine(tab, page, "document.getElementById('canvas')", "service-digits");
            tab.look(WIDE, false);
            double[][] ring = new double[25][];
            for (int i = 0; i < ring.length; i++) {
                double angle = 2 * Math.PI * i / (ring.length - 1);
                ring[i] = new double[] {.5 + .2 * Math.sin(angle), .5 - .3 * Math.cos(angle)};
            }
            draw(tab, ring);
            tab.await("document.getElementById('said').textContent === 'It is 0.'");
            keep(tab, "drawn-0");
            tab.evaluate("document.querySelector('#in button').click()");
            tab.await("document.getElementById('said').textContent === 'Draw a digit.'");
            draw(tab, new double[][] {{.52, .2}, {.5, .5}, {.48, .8}});
            tab.await("document.getElementById('said').textContent === 'It is 1.'");
            keep(tab, "drawn-1");
            assertEquals(
                    1,
                    tab.evaluate(
                                    "new Set([...document.querySelectorAll('.num')]"
                                            + ".map(share => share.offsetHeight)).size")
                            .asInt(),
                    "a share takes two lines");
            assertOnlyFrom(page, tab);
            assertEquals(List.of(), tab.messages());
        }
    }
}
