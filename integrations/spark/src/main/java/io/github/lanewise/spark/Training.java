package io.github.lanewise.spark;

import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

import scala.Tuple2;
import scala.reflect.ClassTag$;

import java.util.ArrayList;
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
        RowStatistics statistics =
                rows.aggregate(
                        new RowStatistics(columns), RowStatistics::add, RowStatistics::merge);
        statistics.check();
        TrainingPlan plan = plan(statistics, cluster);
        Networks.of(plan);
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
                columns.classes() ? Math.max(2, statistics.classes()) : 1,
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
        JavaPairRDD<RowKey, Boolean> dealt =
                rows.mapPartitionsToPair(
                                part -> {
                                    RowCodec codec = new RowCodec(read);
                                    return new Copies(part, codec, workers);
                                })
                        .repartitionAndSortWithinPartitions(
                                new RowKey.ByWorker(workers), new RowKey.Order());
        RDD<Outcome> trained =
                dealt.rdd()
                        .barrier()
                        .mapPartitions(
                                new TrainingTask(plan),
                                false,
                                ClassTag$.MODULE$.apply(Outcome.class));
        return new ArrayList<>(
                JavaRDD.fromRDD(trained, ClassTag$.MODULE$.apply(Outcome.class))
                        .mapToPair(outcome -> new Tuple2<>(0, outcome))
                        .partitionBy(new HashPartitioner(1))
                        .values()
                        .collect());
    }
}
