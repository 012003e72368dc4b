/**
 * What every network is made of: a {@link io.github.lanewise.nn.Layer} describes and holds
 * parameters; the {@link io.github.lanewise.nn.Pass} that it binds computes and holds buffers.
 *
 * <p>Read {@code Layer} first. The rooms beside this one are the chapters of a textbook: {@code
 * layer}, {@code conv}, {@code norm}, {@code recurrent} and {@code attention} hold the layers,
 * {@code graph} joins them to networks, {@code init} draws their first weights; {@code data},
 * {@code augment}, {@code loss}, {@code optim}, {@code schedule}, {@code callback} and {@code
 * train} train them, {@code distributed} on several machines; {@code inference} asks them, {@code
 * metrics} measures them, {@code model} and {@code file} keep them:
 *
 * <pre>{@code
 * var model = new Sequential(new Linear(784, 128), new ReLU(), new Linear(128, 10));
 * var trainer = new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f).momentum(0.9f));
 * trainer.fit(train, 10, 64);
 * double accuracy = trainer.evaluate(test).accuracy();
 * }</pre>
 */
package io.github.lanewise.nn;
