/**
 * What every store keeps, and every queue: abstract suites that each implementation is run against,
 * so that what is tried in memory holds on the real thing.
 *
 * <p>A suite is a set of interfaces, one for each noun, whose tests are default methods; an
 * implementation's test says how to reach it, and inherits them all.
 */
@NullMarked
package dev.toygun.testing.contract;

import org.jspecify.annotations.NullMarked;
