package io.github.lanewise.spark;

import io.github.lanewise.nn.distributed.Collective;

import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;

import scala.Tuple2;
import scala.Tuple3;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What a worker does: keeps its rows, meets the others, trains with them. */
final class TrainingTask
        extends AbstractFunction1<
                Iterator<Tuple2<byte[], Boolean>>, Iterator<Tuple3<byte[], String, String>>>
        implements Serializable {

    private static final long serialVersionUID = 1;
    private static final String THREADS = "lanewise.threads";

    private final TrainingPlan plan;

    TrainingTask(TrainingPlan plan) {
        this.plan = plan;
    }

    @Override
    public Iterator<Tuple3<byte[], String, String>> apply(Iterator<Tuple2<byte[], Boolean>> rows) {
        BarrierTaskContext context = BarrierTaskContext.get();
        // Read once by the engine, when the first task of this JVM computes.
        if (System.getProperty(THREADS) == null) {
            int most = Runtime.getRuntime().availableProcessors();
            System.setProperty(THREADS, Integer.toString(Math.min(context.cpus(), most)));
        }
        Path folder = Path.of(Utils.getLocalDir(SparkEnv.get().conf()));
        try (RowFile file = RowFile.of(folder, plan, bytes(rows));
                CheckpointStore checkpoints = CheckpointStore.of(plan, folder)) {
            Meeting meeting = new Meeting(plan, context);
            String newest = context.partitionId() == 0 ? checkpoints.newest() : "";
            try (Collective workers = meeting.join(newest)) {
                Outcome outcome =
                        new Learning(plan, file, workers, context)
                                .run(checkpoints, checkpoints.fetch(meeting.checkpoint()));
                return CollectionConverters.asScala(List.of(outcome.toTuple()).iterator());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.util.Iterator<byte[]> bytes(Iterator<Tuple2<byte[], Boolean>> rows) {
        return new java.util.Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public byte[] next() {
                return rows.next()._1();
            }
        };
    }
}
