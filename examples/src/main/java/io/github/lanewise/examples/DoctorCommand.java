package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;

/** Tells what Lanewise found on this machine and how fast it runs here. */
@Command(
        name = "doctor",
        header = "Tell what Lanewise found here, measure for three seconds, say what to mend.",
        description =
                "Start it on an otherwise idle machine. Arguments -D... and -X... go to the JVM,"
                        + " for example -Dlanewise.kernels=scalar or -Dlanewise.threads=1.")
final class DoctorCommand implements Callable<Integer> {

    private static final double GIGABYTE = 1 << 30;
    private static final int TURNS = 2;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Knobs.check();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(Engine.describe());
        describeMachine(out);
        out.flush();
        Measurement square = Measurement.product(512, 512, 512).warmUp();
        Measurement layer = Measurement.product(64, 784, 256).warmUp();
        Measurement memory = Measurement.bandwidth();
        double peak = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            square.turn();
            peak = Math.max(peak, Engine.measureFmaPeak());
            layer.turn();
            memory.turn();
        }
        out.printf("%nFMA peak         %8.1f GFLOP/s, threads: %d%n", peak, Engine.threads());
        product(out, "512x512x512", square.best(), peak);
        product(out, "64x784x256", layer.best(), peak);
        out.printf("memory           %8.1f GB/s, y = a x + y over 64 MB each%n%n", memory.best());
        Advice.on(square.best() / peak, Engine.kernelSet(), load).forEach(out::println);
        out.flush();
        return 0;
    }

    private static void describeMachine(PrintWriter out) {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        out.println("CPU      " + Cpu.model());
        out.printf(
                "cores    %d for this JVM, %s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"));
        out.printf(
                "JDK      %s, %s, %s%n",
                Runtime.version(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.info"));
        out.println("from     " + System.getProperty("java.home"));
        out.println("flags    " + (flags.isEmpty() ? "none" : String.join(" ", flags)));
        out.printf("memory   %.1f GB for this JVM%n", Runtime.getRuntime().maxMemory() / GIGABYTE);
        out.printf(
                "system   %s %s%n",
                System.getProperty("os.name"), System.getProperty("os.version"));
    }

    private static void product(PrintWriter out, String shape, double speed, double peak) {
        out.printf(
                "gemm %-11s %8.1f GFLOP/s, %.0f %% of the peak%n",
                shape, speed, 100 * speed / peak);
        out.flush();
    }
}
