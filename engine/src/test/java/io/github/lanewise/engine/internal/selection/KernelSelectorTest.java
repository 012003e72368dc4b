package io.github.lanewise.engine.internal.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.internal.ChosenKernels;
import io.github.lanewise.engine.internal.Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelSelectorTest {

    private final String threads = System.getProperty("lanewise.threads");

    @AfterEach
    void restoreProperty() {
        if (threads == null) {
            System.clearProperty("lanewise.threads");
        } else {
            System.setProperty("lanewise.threads", threads);
        }
    }

    @Test
    @Tag("contract")
    void thisJvmHasTheKernelSetThatTheBuildExpects() {
        ChosenKernels.checkExpectation();
        assertTrue(Engine.describe().contains(Engine.kernelSet()), Engine.describe());
        assertEquals(Settings.read().threads(), Engine.threads());
    }

    @Test
    void scalarKernelsOnRequestNeedNoRemedy() {
        KernelSelector selected = KernelSelector.select(new Settings("scalar", 0, 1));
        assertEquals("scalar", selected.set().name());
        assertNull(selected.remedy());
    }

    @Test
    @Tag("contract")
    void withoutTheModuleAForcedChoiceFailsAndSaysWhatToAdd() {
        Settings forced = new Settings("simd", 0, 1);
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            assertEquals("simd", KernelSelector.select(forced, true).set().name());
            return;
        }
        IllegalStateException thrown =
                assertThrows(
                        IllegalStateException.class, () -> KernelSelector.select(forced, true));
        assertEquals(
                "lanewise.kernels: simd was asked for, but module jdk.incubator.vector is not in"
                        + " this JVM; start java with --add-modules jdk.incubator.vector",
                thrown.getMessage());
        Settings width = new Settings("auto", 256, 1);
        assertEquals(
                "lanewise.vectorBits: 256 were asked for, but module jdk.incubator.vector is not in"
                        + " this JVM; start java with --add-modules jdk.incubator.vector",
                assertThrows(IllegalStateException.class, () -> KernelSelector.select(width, true))
                        .getMessage());
    }

    @Test
    @Tag("contract")
    void withoutFusedMultiplyAddVectorsWouldBeComputedLaneByLane() {
        KernelSelector selected = KernelSelector.select(new Settings("auto", 0, 1), false);
        assertEquals("scalar", selected.name());
        assertEquals("this CPU or JVM has no fused multiply-add", selected.reason());
        assertTrue(selected.remedy().contains("-XX:-UseFMA"), selected.remedy());
        Settings forced = new Settings("simd", 0, 1);
        assertEquals(
                "lanewise.kernels: simd was asked for, but this CPU or JVM has no fused"
                        + " multiply-add; run without -XX:-UseFMA, on a CPU that has it: x86 since"
                        + " 2013, every 64-bit ARM",
                assertThrows(
                                IllegalStateException.class,
                                () -> KernelSelector.select(forced, false))
                        .getMessage());
    }

    @Test
    void aWidthThatTheCpuLacksFails() {
        IllegalStateException thrown =
                assertThrows(
                        IllegalStateException.class,
                        () -> KernelSelector.select(new Settings("auto", 4096, 1), true));
        assertTrue(
                thrown.getMessage().startsWith("lanewise.vectorBits: is 4096; this CPU and JVM"),
                thrown.getMessage());
    }

    @Test
    void aThreadCountThatIsNoneIsRejected() {
        System.setProperty("lanewise.threads", "zero");
        assertEquals(
                "lanewise.threads: is 'zero'; it must be a whole number from 1 to 1024",
                assertThrows(IllegalArgumentException.class, Settings::read).getMessage());
        System.setProperty("lanewise.threads", "0");
        assertThrows(IllegalArgumentException.class, Settings::read);
    }

    @Test
    void thereAreNoMoreThreadsThanProcessors() {
        System.setProperty("lanewise.threads", "1024");
        assertEquals(
                Math.min(1024, Runtime.getRuntime().availableProcessors()),
                Settings.read().threads());
        System.setProperty("lanewise.threads", "1");
        assertEquals(1, Settings.read().threads());
    }
}
