/**
 * Neural networks: layers, losses, optimizers and the training loop.
 *
 * <p>A {@link io.github.lanewise.nn.Layer} describes and holds parameters; the {@link
 * io.github.lanewise.nn.Pass} that it binds computes and holds buffers. A {@link
 * io.github.lanewise.nn.Trainer} joins a model, a {@link io.github.lanewise.nn.Loss} and an {@link
 * io.github.lanewise.nn.Optimizer}:
 *
 * <pre>{@code
 * var model = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10));
 * var trainer = new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).momentum(0.9f));
 * trainer.fit(train, 10, 64);
 * double accuracy = trainer.evaluate(test).accuracy();
 * }</pre>
 *
 * <p>Networks that are no plain row of layers are wired from a {@link io.github.lanewise.nn.Value}
 * to the next, into a {@link io.github.lanewise.nn.Model}.
 */
package io.github.lanewise.nn;
