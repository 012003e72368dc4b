package io.github.lanewise.nn.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not asked for in its last few entries. */
final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    private static final float LOAD_FACTOR = 0.75f;
    private int limit;

    RecentlyUsed(int limit) {
        super(limit + 1, LOAD_FACTOR, true);
        this.limit = limit;
    }

    /** Sets how many entries it has at most, if it had fewer before. */
    void limit(int entries) {
        limit = Math.max(limit, entries);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
