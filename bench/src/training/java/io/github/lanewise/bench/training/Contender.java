package io.github.lanewise.bench.training;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * A library, or a way to use one, that runs in processes of its own.
 *
 * @param name in tables
 * @param command starts a worker that is given so many threads
 */
record Contender(String name, IntFunction<List<String>> command) {

    static final String OURS = "Lanewise";

    boolean isOurs() {
        return name.equals(OURS);
    }

    /** Returns the environment by which native libraries learn how many threads they have. */
    static Map<String, String> environment(int threads) {
        String count = Integer.toString(threads);
        // Worker processes of torch.compile would take cores from whoever is measured.
        return Map.of(
                "OMP_NUM_THREADS",
                count,
                "MKL_NUM_THREADS",
                count,
                "TORCHINDUCTOR_COMPILE_THREADS",
                "1",
                "TF_CPP_MIN_LOG_LEVEL",
                "2");
    }
}
