package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Key and trust stores, as keytool makes them. */
final class Stores {

    static final String PASSWORD = "changeit";

    private Stores() {}

    /** Makes a key of its own and a certificate for it; returns the key store. */
    static Path key(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        keytool(
                store,
                List.of(
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        "3650"));
        return store;
    }

    /** Makes a store that vouches for keys. */
    static Path trust(Path folder, String name, Path... keys) throws Exception {
        Path store = folder.resolve(name + ".p12");
        for (Path key : keys) {
            String alias = key.getFileName().toString().replace(".p12", "");
            Path certificate = folder.resolve(alias + ".cer");
            keytool(key, List.of("-exportcert", "-alias", alias, "-file", certificate.toString()));
            keytool(
                    store,
                    List.of(
                            "-importcert",
                            "-noprompt",
                            "-alias",
                            alias,
                            "-file",
                            certificate.toString()));
        }
        return store;
    }

    private static void keytool(Path store, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
