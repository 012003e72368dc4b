package io.github.lanewise.examples.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * The strokes of one way to write a digit, as polylines in a unit square, y downwards.
 *
 * <p>Written as text: {@code M x y} begins a stroke, {@code L x y} draws a line, {@code A cx cy rx
 * ry from to} draws along an ellipse between two angles in degrees (0 right, 90 down), joined to
 * the stroke if there is one, and {@code ;} ends a stroke.
 */
final class Glyph {

    private static final int DEGREES_PER_LINE = 30;

    private static final String[][] SHAPES = {
        {"A .5 .5 .27 .4 -90 270", "A .5 .5 .2 .4 -60 300"},
        {"M .52 .1 L .5 .9", "M .33 .27 L .54 .1 L .52 .9", "M .6 .1 L .42 .9"},
        {
            "A .48 .33 .26 .23 190 395 L .2 .9 L .8 .9",
            "A .48 .33 .25 .22 200 400 L .36 .74 A .3 .8 .1 .09 -60 -330 L .8 .88"
        },
        {
            "A .46 .3 .24 .2 205 440 ; A .46 .7 .28 .21 -85 155",
            "M .24 .12 L .72 .12 L .46 .42 A .46 .68 .27 .23 -80 150"
        },
        {"M .62 .9 L .62 .1 L .2 .64 L .84 .64", "M .28 .1 L .25 .5 L .75 .5 ; M .74 .1 L .68 .9"},
        {
            "M .76 .11 L .34 .11 L .3 .45 A .47 .66 .27 .24 -125 150",
            "M .74 .14 L .4 .12 L .3 .42 L .55 .48 A .48 .68 .25 .21 -60 140"
        },
        {"M .66 .1 L .4 .32 A .5 .66 .25 .23 195 545", "M .56 .1 L .34 .5 A .48 .7 .2 .19 180 530"},
        {
            "M .22 .13 L .78 .13 L .42 .9",
            "M .22 .13 L .78 .13 L .44 .9 ; M .36 .5 L .72 .5",
            "M .22 .24 L .22 .12 L .76 .14 A .9 .8 .38 .5 225 170"
        },
        {
            "A .5 .3 .21 .2 90 450 ; A .5 .7 .25 .2 -90 270",
            "M .74 .18 A .48 .28 .22 .17 -30 -250 L .66 .58 A .5 .72 .22 .18 -40 220 L .72 .2"
        },
        {"A .5 .34 .24 .23 0 360 L .7 .6 L .56 .9", "A .5 .32 .23 .21 -20 340 L .72 .9"},
    };

    private static final List<List<Glyph>> BY_DIGIT = parseAll();

    /** Each stroke as x, y, x, y, ... */
    final List<float[]> strokes;

    private Glyph(List<float[]> strokes) {
        this.strokes = strokes;
    }

    /** Returns the ways to write a digit. */
    static List<Glyph> of(int digit) {
        return BY_DIGIT.get(digit);
    }

    private static List<List<Glyph>> parseAll() {
        List<List<Glyph>> all = new ArrayList<>();
        for (String[] ways : SHAPES) {
            all.add(List.of(ways).stream().map(Glyph::parse).toList());
        }
        return List.copyOf(all);
    }

    private static Glyph parse(String text) {
        List<float[]> strokes = new ArrayList<>();
        for (String stroke : text.split(";")) {
            List<Float> points = new ArrayList<>();
            String[] words = stroke.strip().split("\\s+");
            for (int i = 0; i < words.length; ) {
                if (words[i].equals("A")) {
                    arc(words, i, points);
                    i += 7;
                } else {
                    points.add(Float.parseFloat(words[i + 1]));
                    points.add(Float.parseFloat(words[i + 2]));
                    i += 3;
                }
            }
            float[] line = new float[points.size()];
            for (int i = 0; i < line.length; i++) {
                line[i] = points.get(i);
            }
            strokes.add(line);
        }
        return new Glyph(List.copyOf(strokes));
    }

    private static void arc(String[] words, int at, List<Float> points) {
        double[] n = new double[6];
        for (int i = 0; i < n.length; i++) {
            n[i] = Double.parseDouble(words[at + 1 + i]);
        }
        int lines = (int) Math.ceil(Math.abs(n[5] - n[4]) / DEGREES_PER_LINE);
        for (int i = 0; i <= lines; i++) {
            // StrictMath, because Math.sin may differ in its last bit between machines.
            double angle = StrictMath.toRadians(n[4] + (n[5] - n[4]) * i / lines);
            points.add((float) (n[0] + n[2] * StrictMath.cos(angle)));
            points.add((float) (n[1] + n[3] * StrictMath.sin(angle)));
        }
    }
}
