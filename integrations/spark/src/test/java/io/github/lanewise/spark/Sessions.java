package io.github.lanewise.spark;

import org.apache.spark.sql.SparkSession;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Clusters for tests, of this JVM alone or of processes that it starts. */
final class Sessions {

    private Sessions() {}

    static SparkSession local(String master) {
        return builder(master).getOrCreate();
    }

    /** Starts a local one that carries rows and results by Kryo. */
    static SparkSession withKryo(String master) {
        return builder(master)
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .getOrCreate();
    }

    private static SparkSession.Builder builder(String master) {
        return SparkSession.builder()
                .master(master)
                .appName("lanewise")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.default.parallelism", "4");
    }

    /**
     * Starts executors as processes of their own.
     *
     * @param options of the executors' JVMs
     */
    static SparkSession cluster(int executors, String options) throws IOException {
        List<String> folders = new ArrayList<>();
        Path jars = Path.of(System.getenv("SPARK_HOME"), "jars");
        Files.createDirectories(jars);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            Path link = jars.resolve(path.getFileName());
            if (Files.isDirectory(path)) {
                folders.add(path.toString());
            } else if (!Files.exists(link)) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, path);
            }
        }
        return builder("local-cluster[%d,1,1024]".formatted(executors))
                .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
                .config("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
                .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                .config("spark.executor.memory", "512m")
                .config("spark.executor.extraJavaOptions", options)
                .getOrCreate();
    }
}
