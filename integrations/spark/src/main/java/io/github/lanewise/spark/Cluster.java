package io.github.lanewise.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceProfile;

import java.time.Duration;

/** What the cluster allows: a barrier stage needs all its tasks at the same time. */
final class Cluster {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 100;

    private final SparkContext context;
    private final String estimator;

    Cluster(SparkContext context, String estimator) {
        this.context = context;
        this.estimator = estimator;
    }

    /**
     * Checks that a barrier stage can run, and can be trusted.
     *
     * @throws IllegalArgumentException if not; says what to set
     */
    void check() {
        if (!context.isLocal()) {
            check(context.conf(), estimator);
        }
    }

    static void check(SparkConf conf, String estimator) {
        refuse(
                conf,
                estimator,
                "spark.dynamicAllocation.enabled",
                "all workers must run at the same time, and executors that come and go cannot"
                        + " promise that");
        refuse(
                conf,
                estimator,
                "spark.speculation",
                "a second copy of a worker would take part in the training");
    }

    private static void refuse(SparkConf conf, String estimator, String setting, String why) {
        if (conf.getBoolean(setting, false)) {
            throw new IllegalArgumentException(
                    "%s: %s is true; set it to false, as %s".formatted(estimator, setting, why));
        }
    }

    /** Returns the context's own folder for checkpoints; empty if it has none. */
    String checkpointDir() {
        return context.getCheckpointDir().isDefined() ? context.getCheckpointDir().get() : "";
    }

    /**
     * Returns how many workers train, once there are slots for them.
     *
     * @param wanted 0 for as many as there are slots for
     * @throws IllegalArgumentException if it does not divide the shards, or the slots do not come
     */
    int workers(int wanted, int shards) {
        if (wanted > 0 && shards % wanted != 0) {
            throw new IllegalArgumentException(
                    "%s: numWorkers is %s and shards %s; the workers must divide the shards"
                            .formatted(estimator, wanted, shards));
        }
        int slots = await(Math.max(1, wanted));
        if (slots < Math.max(1, wanted)) {
            throw new IllegalArgumentException(
                    "%s: numWorkers is %s, and the cluster has %s slots (executor cores by spark.task.cpus) after %s s; give it more executors or cores, or lower numWorkers: the result is the same"
                            .formatted(estimator, wanted, slots, PATIENCE.toSeconds()));
        }
        int workers = wanted > 0 ? wanted : Math.min(slots, shards);
        while (shards % workers != 0) {
            workers--;
        }
        return workers;
    }

    /** A barrier stage submitted too early is tried again only after 15 seconds. */
    private int await(int wanted) {
        long end = System.nanoTime() + (context.isLocal() ? 0 : PATIENCE.toNanos());
        int slots = slots();
        try {
            while (slots < wanted && System.nanoTime() - end < 0) {
                Thread.sleep(PAUSE_MILLIS);
                slots = slots();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    estimator + ": interrupted while it waited for executors", e);
        }
        return slots;
    }

    private int slots() {
        ResourceProfile profile = context.resourceProfileManager().defaultResourceProfile();
        return context.maxNumConcurrentTasks(profile);
    }
}
