package io.github.lanewise.engine.internal.parallel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What a {@link Team} hands over without locks, tried in all the orders that JCStress finds: parts
 * see what the caller wrote before, the caller sees what they wrote, each part runs once, and a
 * failure reaches its own caller. Memory is read and written plainly, as kernels do.
 */
final class TeamStress {

    private static final int PARTS = 3;

    private static final Team TWO = new Team(2);

    private static final Team FOUR = new Team(4);

    private TeamStress() {}

    /** A job that adds a number that was written before it to each part's own sum. */
    private static final class Sums implements Team.Job {

        private final int[] sums = new int[PARTS];
        private int number;

        /** Returns the sum of all parts after a run: three times the number. */
        int run(Team team, int number) {
            this.number = number;
            team.run(PARTS, this);
            int sum = 0;
            for (int part : sums) {
                sum += part;
            }
            return sum;
        }

        @Override
        public void run(int part) {
            sums[part] += number;
        }
    }

    /** A job whose last part fails. */
    private static final class Failing implements Team.Job {

        private final int[] runs = new int[PARTS];
        private final RuntimeException failure = new IllegalStateException("part");

        /** Returns the parts that ran if the failure came here, else none. */
        int run(Team team) {
            try {
                team.run(PARTS, this);
                return 0;
            } catch (IllegalStateException e) {
                return e == failure ? runs[0] + runs[1] + runs[2] : -1;
            }
        }

        @Override
        public void run(int part) {
            runs[part]++;
            if (part == PARTS - 1) {
                throw failure;
            }
        }
    }

    /** Two jobs of one caller: the second begins while a worker may still look at the first. */
    @JCStressTest
    @Outcome(id = "3, 6", expect = Expect.ACCEPTABLE, desc = "every part once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a part was lost, doubled or not seen")
    @State
    public static class OneCaller {

        private final Sums first = new Sums();
        private final Sums second = new Sums();

        @Actor
        public void call(II_Result r) {
            r.r1 = first.run(TWO, 1);
            r.r2 = second.run(TWO, 2);
        }
    }

    /** Two callers of one team: one gets the workers, the other computes alone. */
    @JCStressTest
    @Outcome(id = "3, 6", expect = Expect.ACCEPTABLE, desc = "every part once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a part was lost, doubled or not seen")
    @State
    public static class TwoCallers {

        private final Sums first = new Sums();
        private final Sums second = new Sums();

        @Actor
        public void callFirst(II_Result r) {
            r.r1 = first.run(FOUR, 1);
        }

        @Actor
        public void callSecond(II_Result r) {
            r.r2 = second.run(FOUR, 2);
        }
    }

    /** A failure beside a job that succeeds. */
    @JCStressTest
    @Outcome(id = "3, 6", expect = Expect.ACCEPTABLE, desc = "the failure came to its caller")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the failure was lost, or came to the other")
    @State
    public static class Failure {

        private final Failing failing = new Failing();
        private final Sums other = new Sums();

        @Actor
        public void fail(II_Result r) {
            r.r1 = failing.run(FOUR);
        }

        @Actor
        public void call(II_Result r) {
            r.r2 = other.run(FOUR, 2);
        }
    }
}
