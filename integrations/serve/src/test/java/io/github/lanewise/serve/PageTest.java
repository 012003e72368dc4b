package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/** The page for people. */
@Timeout(120)
class PageTest {

    private static final int MOST_BYTES = 30_000;

    @Test
    void isSmallAndMayLoadNothingButItself() throws Exception {
        try (Service service = new Service(new InferenceServer(List.of(Models.tensors())))) {
            HttpResponse<String> response = service.get("/");
            String page = response.body();
            assertEquals(200, response.statusCode());
            assertEquals(
                    "text/html; charset=utf-8",
                    response.headers().firstValue("Content-Type").get());
            assertTrue(page.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES);
            String policy = response.headers().firstValue("Content-Security-Policy").get();
            assertTrue(
                    policy.startsWith("default-src 'none'; img-src data:; connect-src 'self'"),
                    policy);
            for (String element : List.of("script", "style")) {
                String inside =
                        page.split("<" + element + ">", 2)[1].split("</" + element + ">")[0];
                byte[] hash =
                        MessageDigest.getInstance("SHA-256")
                                .digest(inside.getBytes(StandardCharsets.UTF_8));
                String source = "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
                assertTrue(policy.contains(element + "-src " + source), policy);
            }
            assertFalse(page.contains("http:") || page.contains("https:"), "an address outside");
            assertFalse(page.contains("innerHTML"), "texts of a model would become elements");
        }
    }
}
