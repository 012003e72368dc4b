package io.github.lanewise.bench.profile;

import io.github.lanewise.bench.report.Surroundings;
import io.github.lanewise.engine.Engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Where does the time of a training step go, kernel by kernel?
 *
 * <p>Run: {@code bench/run profile M1}.
 */
public final class Profile implements Function<String[], String> {

    /** Exits with 0, or with 2 if the arguments are wrong. */
    public static void main(String... args) {
        try {
            if (ProfileArguments.parse(args).help()) {
                System.out.print(ProfileArguments.usage());
            } else {
                System.out.println(report(args));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "bench: " + e.getMessage() + "; bench/run profile --help lists the options");
            System.exit(2);
        }
    }

    /** Measures with an engine whose kernels can be timed, and returns what is to be said. */
    @SuppressWarnings("unchecked")
    static String report(String... args) {
        Function<String[], String> again = TappedEngine.load(Profile.class, Function.class);
        return again.apply(args);
    }

    @Override
    public String apply(String[] args) {
        List<String> command = new ArrayList<>(List.of("profile"));
        command.addAll(List.of(args));
        ProfileArguments arguments = ProfileArguments.parse(args);
        if (arguments.threads() > 0) {
            // Read by the engine when it starts, which is later.
            System.setProperty("lanewise.threads", Integer.toString(arguments.threads()));
        }
        try {
            return Surroundings.describe(command) + "\n" + measure(arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String measure(ProfileArguments arguments) throws IOException {
        double peak = Engine.measureFmaPeak();
        StepProfile profile =
                StepProfile.measure(arguments.model(), arguments.rounds(), arguments.sliceMillis());
        String title =
                String.format(
                        Locale.ROOT,
                        "%s, threads %d: a step takes %.1f us",
                        arguments.model(),
                        Engine.threads(),
                        profile.plainNanos() * 1e-3);
        String overhead =
                String.format(
                        Locale.ROOT,
                        "%s, with clocks round its kernels %.1f us (%+.1f %%);"
                                + " FMA peak %.1f GFLOP/s",
                        title,
                        profile.tappedNanos() * 1e-3,
                        100 * (profile.tappedNanos() / profile.plainNanos() - 1),
                        peak);
        Path picture =
                arguments
                        .out()
                        .resolve(
                                "profile-%s-%d.svg".formatted(arguments.model(), Engine.threads()));
        Files.createDirectories(arguments.out());
        Files.writeString(picture, ProfilePicture.of(title, profile, peak));
        return overhead + "\n\n" + ProfileTable.of(profile, peak) + "\nPicture: " + picture;
    }
}
