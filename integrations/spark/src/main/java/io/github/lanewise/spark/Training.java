package io.github.lanewise.spark;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import scala.Option;
import scala.Tuple2;
import scala.Tuple3;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One call of fit, on the driver: looks at the rows, then sends all of them, in one order, to every
 * worker. The workers are a barrier stage that ends in a shuffle, since Spark starts such a stage
 * again when a task is lost, but gives up one that ends in a result.
 */
final class Training {

    private static final System.Logger LOG = System.getLogger(Training.class.getName());

    private final LanewiseParams<?> params;
    private final Columns columns;
    private final Dataset<?> dataset;

    Training(LanewiseParams<?> params, Columns columns, Dataset<?> dataset) {
        this.params = params;
        this.columns = columns;
        this.dataset = dataset;
    }

    /** Returns the file with the trained network. */
    byte[] run() {
        Cluster cluster = new Cluster(dataset.sparkSession().sparkContext(), columns.estimator());
        cluster.check();
        JavaRDD<Row> rows = columns.select(dataset).toJavaRDD();
        RowStatistics statistics = statistics(rows);
        statistics.check(columns);
        TrainingPlan plan = plan(statistics, cluster);
        Networks.checkShards(Networks.of(plan), plan);
        makeFolder(plan);
        int workers = cluster.workers(params.getNumWorkers(), plan.shards());
        List<Outcome> outcomes = train(plan, rows, workers);
        outcomes.forEach(one -> LOG.log(System.Logger.Level.INFO, one.report()));
        for (Outcome outcome : outcomes) {
            if (outcome.fault() != null) {
                throw new IllegalStateException(columns.estimator() + ": " + outcome.fault());
            }
        }
        return outcomes.stream().map(Outcome::model).filter(Objects::nonNull).findFirst().get();
    }

    /** Only the driver can tell of a wrong folder before the workers start. */
    private void makeFolder(TrainingPlan plan) {
        if (plan.checkpointDir().isEmpty()) {
            return;
        }
        Path folder = new Path(plan.checkpointDir());
        try {
            FileSystem files =
                    folder.getFileSystem(
                            dataset.sparkSession().sparkContext().hadoopConfiguration());
            if (!files.mkdirs(folder)) {
                throw new IOException("it cannot be made");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: checkpointDir: %s: %s"
                            .formatted(columns.estimator(), folder, e.getMessage()),
                    e);
        }
    }

    private RowStatistics statistics(JavaRDD<Row> rows) {
        Columns read = columns;
        RowStatistics all = new RowStatistics();
        rows.mapPartitions(part -> List.of(RowStatistics.of(part, read)).iterator())
                .collect()
                .forEach(all::merge);
        return all;
    }

    private TrainingPlan plan(RowStatistics statistics, Cluster cluster) {
        String folder =
                params.getCheckpointDir().isEmpty()
                        ? cluster.checkpointDir()
                        : params.getCheckpointDir();
        TrainingPlan plan = plan(statistics, "");
        // The same call, made again after a crash of the driver, finds its checkpoints; another
        // does not.
        String own = "lanewise-" + fingerprint(plan, statistics.hash());
        return folder.isEmpty() ? plan : plan(statistics, folder + "/" + own);
    }

    private TrainingPlan plan(RowStatistics statistics, String checkpointDir) {
        return new TrainingPlan(
                columns.estimator(),
                Identifiable.randomUID("run"),
                statistics.rows(),
                statistics.features(),
                columns.classes() ? classes(statistics) : 1,
                columns.classes(),
                !columns.weight().isEmpty(),
                params.getLayers(),
                params.getModel(),
                params.getInputShape(),
                params.getDropout(),
                params.getEpochs(),
                params.getBatchSize(),
                params.getShards(),
                params.getOptimizer(),
                params.getLearningRate(),
                params.getSchedule(),
                params.getWeightDecay(),
                params.getSeed(),
                params.getStandardization(),
                checkpointDir,
                params.getCheckpointInterval(),
                params.getTimeoutSeconds());
    }

    /** A stage before may know of classes that these rows do not have. */
    private int classes(RowStatistics statistics) {
        Option<Object> known = MetadataUtils.getNumClasses(dataset.schema().apply(columns.label()));
        int most = Math.max(2, statistics.classes());
        return known.isDefined() ? Math.max(most, (Integer) known.get()) : most;
    }

    private String fingerprint(TrainingPlan plan, long rows) {
        long hash = rows;
        for (Object part :
                List.of(
                        plan.rows(),
                        plan.features(),
                        plan.outputs(),
                        Arrays.hashCode(plan.layers()),
                        plan.model(),
                        Arrays.hashCode(plan.inputShape()),
                        plan.dropout(),
                        plan.epochs(),
                        plan.batchSize(),
                        plan.shards(),
                        plan.optimizer(),
                        plan.learningRate(),
                        plan.schedule(),
                        plan.weightDecay(),
                        plan.seed(),
                        plan.standardization(),
                        columns.id())) {
            hash = 31 * hash + part.hashCode();
        }
        return HexFormat.of().toHexDigits(hash);
    }

    private List<Outcome> train(TrainingPlan plan, JavaRDD<Row> rows, int workers) {
        Columns read = columns;
        JavaPairRDD<byte[], Boolean> dealt =
                rows.mapPartitionsToPair(
                                part -> {
                                    RowCodec codec = new RowCodec(read);
                                    return new Copies(part, codec, workers);
                                })
                        .repartitionAndSortWithinPartitions(new ByWorker(workers), new RowOrder());
        ClassTag<Tuple3<byte[], String, String>> type = ClassTag$.MODULE$.apply(Tuple3.class);
        RDD<Tuple3<byte[], String, String>> trained =
                dealt.rdd().barrier().mapPartitions(new TrainingTask(plan), false, type);
        return JavaRDD.fromRDD(trained, type)
                .mapToPair(outcome -> new Tuple2<>(0, outcome))
                .partitionBy(new HashPartitioner(1))
                .values()
                .collect()
                .stream()
                .map(Outcome::of)
                .toList();
    }
}
