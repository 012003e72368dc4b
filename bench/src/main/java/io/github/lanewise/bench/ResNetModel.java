package io.github.lanewise.bench;

import io.github.lanewise.bench.front.ResNet;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm2d;

/** Makes a residual network of ours. */
final class ResNetModel {

    private static final int WINDOW = 3;

    private ResNetModel() {}

    static Model of(ResNet net, Layer... head) {
        int in = net.channels().getFirst();
        Input images = new Input(new Shape(net.input()));
        Value x = images.then(conv(net.colours(), in, 1), new BatchNorm2d(in), new ReLU());
        for (int out : net.channels()) {
            for (int block = 0; block < net.blocks(); block++) {
                x = block(x, in, out);
                in = out;
            }
        }
        return new Model(images, x.then(new GlobalAvgPool()).then(head));
    }

    private static Value block(Value x, int in, int out) {
        int stride = in == out ? 1 : 2;
        Value y =
                x.then(
                        conv(in, out, stride),
                        new BatchNorm2d(out),
                        new ReLU(),
                        conv(out, out, 1),
                        new BatchNorm2d(out));
        Value skip = in == out ? x : x.then(narrow(in, out, stride), new BatchNorm2d(out));
        return y.plus(skip).then(new ReLU());
    }

    private static Conv2d conv(int in, int out, int stride) {
        return new Conv2d(in, out, WINDOW).stride(stride).padding(1).withoutBias();
    }

    private static Conv2d narrow(int in, int out, int stride) {
        return new Conv2d(in, out, 1).stride(stride).withoutBias();
    }
}
