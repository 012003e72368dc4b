/** What several rooms of this module share; not exported. */
package io.github.lanewise.nn.internal;
