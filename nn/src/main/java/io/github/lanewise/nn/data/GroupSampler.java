package io.github.lanewise.nn.data;

import io.github.lanewise.nn.init.RandomStream;

import java.util.List;

/** Goes from group to group. */
final class GroupSampler implements Sampler {

    private final List<int[]> groups;
    private final int samples;

    GroupSampler(int[] groups) {
        this.groups = List.copyOf(Splits.membersOf(groups).values());
        this.samples = groups.length;
    }

    @Override
    public int samples(int size) {
        Splits.requireOneEach("Sampler", "groups", samples, size);
        return samples;
    }

    @Override
    public void draw(RandomStream random, int size, int[] order) {
        int[] turns = new int[groups.size()];
        random.permutation(turns);
        int at = 0;
        for (int turn : turns) {
            int[] members = groups.get(turn);
            int[] within = new int[members.length];
            random.permutation(within);
            for (int i : within) {
                order[at++] = members[i];
            }
        }
    }

    @Override
    public String toString() {
        return "byGroup(%s groups)".formatted(groups.size());
    }
}
