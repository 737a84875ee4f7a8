/**
 * At which times a task starts that has a {@link dev.toygun.Schedule}: reckoned from the schedule
 * alone, and from who the resource is and when it was made.
 */
@NullMarked
package dev.toygun.schedule;

import org.jspecify.annotations.NullMarked;
