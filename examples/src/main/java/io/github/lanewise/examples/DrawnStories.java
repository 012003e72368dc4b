package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.init.RandomStream;

/**
 * Small stories drawn by rule: a text to learn from that is always there. Who reads them well can
 * spell, keeps he and she apart, knows who asked, and counts up to twelve.
 */
final class DrawnStories {

    private static final String[] GIRLS = {"Anna", "Mila", "Nora", "Zoe"};
    private static final String[] BOYS = {"Ben", "Jonas", "Paul", "Tim"};
    private static final String[] THINGS = {
        "apples", "books", "boats", "stones", "shells", "keys", "plums", "kites"
    };
    private static final String[] GETS = {"finds", "buys", "gets", "picks up"};
    private static final String[] ANIMALS = {"cat", "dog", "fox", "owl", "hare", "duck", "mouse"};
    private static final String[] KINDS = {"old", "small", "grey", "quick", "lazy", "clever"};
    private static final String[] DOES = {"sleeps", "sits", "waits", "sings", "hides"};
    private static final String[] PLACES = {
        "under the tree", "by the river", "on the roof", "in the garden", "behind the house"
    };
    private static final String[] NUMBERS = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve"
    };
    private static final int MOST_ADDED = 6;

    private final RandomStream random;

    private DrawnStories(RandomStream random) {
        this.random = random;
    }

    /** Draws a text of at least so many characters, a story a line. */
    static String draw(int characters, RandomStream random) {
        DrawnStories stories = new DrawnStories(random);
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(stories.next()).append('\n');
        }
        return text.toString();
    }

    private String next() {
        return switch (random.nextInt(3)) {
            case 0 -> counting();
            case 1 -> animal();
            default -> question();
        };
    }

    private String counting() {
        boolean girl = random.nextInt(2) == 0;
        String name = one(girl ? GIRLS : BOYS);
        int first = 2 + random.nextInt(MOST_ADDED - 1);
        int more = 2 + random.nextInt(MOST_ADDED - 1);
        String things = one(THINGS);
        String he = girl ? "she" : "he";
        return text(
                "%s has %s %s. %s %s %s more. Now %s has %s %s.",
                name,
                NUMBERS[first],
                things,
                girl ? "She" : "He",
                one(GETS),
                NUMBERS[more],
                he,
                NUMBERS[first + more],
                things);
    }

    private String animal() {
        String animal = one(ANIMALS);
        String kind = one(KINDS);
        String place = one(PLACES);
        return text(
                "The %s %s %s %s. When it rains, the %s %s is not %s.",
                kind, animal, one(DOES), place, kind, animal, place);
    }

    private String question() {
        String asks = one(random.nextInt(2) == 0 ? GIRLS : BOYS);
        String animal = one(ANIMALS);
        return text(
                "\"Where is the %s?\" asks %s. \"The %s is %s, %s.\"",
                animal, asks, animal, one(PLACES), asks);
    }

    private String one(String[] words) {
        return words[random.nextInt(words.length)];
    }
}
