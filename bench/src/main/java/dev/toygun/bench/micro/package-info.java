/**
 * The pieces that are in the way of every step, one by one, with JMH. The code that JMH needs is
 * made when they are run, and not by the build.
 */
@NullMarked
package dev.toygun.bench.micro;

import org.jspecify.annotations.NullMarked;
