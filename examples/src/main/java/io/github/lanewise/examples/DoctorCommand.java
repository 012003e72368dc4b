package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.examples.Advice.Machine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
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

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Knobs.check();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.println(Engine.describe());
        describeMachine(out);
        out.flush();
        Checkup checkup = Memory.need("the measurement", "", Checkup::measure);
        checkup.print(out);
        Machine machine =
                new Machine(
                        Engine.kernelSet(),
                        Engine.vectorBits(),
                        Engine.threads(),
                        Runtime.getRuntime().availableProcessors(),
                        load,
                        JdkFault.here(),
                        VmFlags.slow(),
                        VmFlags.spillToVectors());
        Advice.on(checkup.figures(), machine).forEach(out::println);
        out.flush();
        return 0;
    }

    private static void describeMachine(PrintWriter out) {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        out.println("CPU      " + Cpu.model());
        out.printf(
                Locale.ROOT,
                "cores    %d for this JVM, %s%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"));
        out.printf(
                Locale.ROOT,
                "JDK      %s, %s, %s%n",
                Runtime.version(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.info"));
        out.println("from     " + System.getProperty("java.home"));
        out.println("flags    " + (flags.isEmpty() ? "none" : String.join(" ", flags)));
        out.printf(
                Locale.ROOT,
                "memory   %.1f GB for this JVM%n",
                Runtime.getRuntime().maxMemory() / GIGABYTE);
        out.printf(
                Locale.ROOT,
                "system   %s %s%n",
                System.getProperty("os.name"),
                System.getProperty("os.version"));
    }
}
