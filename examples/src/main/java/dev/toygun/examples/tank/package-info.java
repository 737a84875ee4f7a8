/** A tank of water: tasks that start and stop by themselves. */
@NullMarked
package dev.toygun.examples.tank;

import org.jspecify.annotations.NullMarked;
