/** Chooses the kernel set of this JVM, once, and says why. */
package io.github.lanewise.engine.internal.selection;
