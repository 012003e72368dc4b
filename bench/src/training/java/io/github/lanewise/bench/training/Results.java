package io.github.lanewise.bench.training;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** All series of a run, and how ours compare with them. */
final class Results {

    private final List<Series> all;

    Results(Collection<Series> all) {
        this.all = List.copyOf(all);
    }

    /** Returns the results of one thread count. */
    Results threads(int count) {
        return new Results(all.stream().filter(one -> one.threads() == count).toList());
    }

    /** Returns the results of one figure. */
    Results figure(String figure) {
        return new Results(all.stream().filter(one -> one.figure().equals(figure)).toList());
    }

    /** Returns the results of training, or of inference. */
    Results inference(boolean wanted) {
        return new Results(all.stream().filter(one -> one.task().contains("@") == wanted).toList());
    }

    Set<String> tasks() {
        Set<String> tasks = new LinkedHashSet<>();
        all.forEach(one -> tasks.add(one.task()));
        return tasks;
    }

    Set<String> contenders() {
        Set<String> contenders = new LinkedHashSet<>();
        all.forEach(one -> contenders.add(one.contender()));
        return contenders;
    }

    /** Returns all series, task after task. */
    List<Series> byTask() {
        return all;
    }

    Optional<Series> of(String task, String contender) {
        return all.stream()
                .filter(one -> one.task().equals(task) && one.contender().equals(contender))
                .findFirst();
    }

    /** Returns the series of a task, of ours or of rivals, with the least value of a statistic. */
    Optional<Series> best(String task, boolean ours, ToDoubleFunction<Series> statistic) {
        Predicate<Series> side = one -> one.contender().equals(Contender.OURS) == ours;
        return all.stream()
                .filter(one -> one.task().equals(task))
                .filter(side)
                .min(Comparator.comparingDouble(statistic));
    }
}
