package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.distributed.Rendezvous;
import io.github.lanewise.nn.distributed.RunIdentity;
import io.github.lanewise.nn.distributed.TcpCollective;
import io.github.lanewise.nn.distributed.TcpSettings;
import io.github.lanewise.nn.distributed.Tls;

import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The options of a training on several workers: processes that this one starts, or that a launcher
 * has started, which its variables tell (see {@link Rendezvous#from}).
 */
final class WorkerOptions {

    private static final String PASSWORD = "LANEWISE_TLS_PASSWORD";

    /** Letters of a fingerprint that are shown as they are, of the 256 bytes that it may have. */
    private static final int LONGEST = 200;

    @Option(
            names = "--shards",
            paramLabel = "N",
            description =
                    "parts of each batch, whose gradients are added in one order: any number of"
                            + " workers that divides it gives the same weights")
    private int shards = 1;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "processes that train together on this machine")
    private int workers = 1;

    @Option(
            names = "--tls-key-store",
            paramLabel = "FILE",
            description =
                    "encrypt what workers exchange: PKCS12 or JKS with this worker's key; the"
                            + " password is in LANEWISE_TLS_PASSWORD",
            showDefaultValue = Visibility.NEVER)
    private Path keyStore;

    @Option(
            names = "--tls-trust-store",
            paramLabel = "FILE",
            description = "PKCS12 or JKS with the certificates that vouch for the other workers",
            showDefaultValue = Visibility.NEVER)
    private Path trustStore;

    private TcpSettings settings = new TcpSettings();
    private Optional<Rendezvous> place = Optional.empty();

    void check() {
        BadInput.require(shards >= 1, "--shards", shards, "1 or more");
        BadInput.require(workers >= 1, "--workers", workers, "1 or more");
        try {
            place = Rendezvous.from(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
        readTls();
        int size = place.map(Rendezvous::size).orElse(workers);
        BadInput.require(
                workers == 1 || workers == size,
                "--workers",
                workers,
                text("%d, as the launcher of this worker says, or not given", size));
        BadInput.require(
                shards % size == 0,
                "--shards",
                shards,
                text("a multiple of the workers, %d, so that each has as many", size));
    }

    private void readTls() {
        BadInput.require(
                (keyStore == null) == (trustStore == null),
                keyStore == null ? "--tls-trust-store" : "--tls-key-store",
                "given alone",
                "given together with the other one");
        if (keyStore == null) {
            return;
        }
        String password = System.getenv(PASSWORD);
        BadInput.require(password != null, PASSWORD, "not set", "the stores' password");
        try {
            settings = settings.withTls(Tls.context(keyStore, trustStore, password.toCharArray()));
        } catch (IOException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }

    int shards() {
        return shards;
    }

    /** Returns how many processes this one must start; 0 if it trains itself. */
    int toStart() {
        return place.isEmpty() && workers > 1 ? workers : 0;
    }

    /** Returns whether this is the worker that reports for all. */
    boolean reports() {
        return place.isEmpty() || place.get().rank() == 0;
    }

    /**
     * Meets the other workers.
     *
     * @param model what they train
     * @param images how many they train on
     * @return null if this process trains alone
     * @throws BadInput if not all came, or they differ
     */
    Collective join(String model, int images) {
        if (place.isEmpty()) {
            return null;
        }
        RunIdentity run =
                new RunIdentity(place.get().run(), shards, shorten(model), "images " + images);
        try {
            return TcpCollective.join(place.get(), run, settings);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }

    /** Returns a text that a greeting holds: of a longer one its beginning and a hash. */
    static String shorten(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        return text("%s... %s", text.substring(0, LONGEST), UUID.nameUUIDFromBytes(all));
    }

    /**
     * Prints where each worker's time went.
     *
     * @param group null if there is none
     */
    static void printReports(Collective group, PrintWriter out) {
        if (group == null) {
            return;
        }
        byte[] own = group.report().toString().getBytes(StandardCharsets.UTF_8);
        for (byte[] report : group.gather(own)) {
            out.println(new String(report, StandardCharsets.UTF_8));
        }
    }
}
