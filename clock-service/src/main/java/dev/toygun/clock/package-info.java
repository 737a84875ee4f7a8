/**
 * The clock: finds what is due, and queues it.
 *
 * <pre>
 *   Clock ── every 500 ms ──► DuePass ──► DueScan, one for each kind and list ──► Batch ──► tickets
 *                   │            ├── EpochWatch    was the queue emptied?
 *                   │            ├── DeadWorkers   whose heartbeat stopped?
 *                   │            └── Marks         how long may a list grow?
 *                   ├─────────► PollPass ──► Seconds ──► the rows of each second's bucket
 *                   ├─────────► AlarmPass, HoldPass      alarms whose time has come, holds that are over
 *                   ├─────────► SchedulePass             starts tasks by their schedules
 *                   ├─────────► AdmissionPass            lets runs of tasks with limits in
 *                   ├─────────► BreakerPass              opens and closes breakers
 *                   ├─────────► RepairPass               measures repairs, demotes what does not work
 *                   ├─────────► BulkPass                 carries out bulk runs
 *                   ├─────────► AbandonPass              ends what is abandoned
 *                   ├─────────► BackfillPass             rows of an older version of their type
 *                   ├─────────► IndexPass                indexes of fields that are newly declared
 *                   ├─────────► QueuePass                rows whose type has gone to another queue
 *                   └─────────► RetentionPass ──► Removal  what has ended, and is old
 * </pre>
 *
 * <p>A row of a resource or a task says when it is due. The clock reads the due ones in passes and
 * pushes a ticket for each whose time has come, and for what somebody made due whose ticket got
 * lost. A ticket is a hint: a lost one is found again by a later pass, so the queue may forget
 * everything without anything being forgotten. What was queued is remembered in memory only ({@link
 * dev.toygun.clock.Remembered}); a clock that takes over remembers nothing, and queues at worst
 * what is queued already, which costs a tick that finds nothing to do.
 *
 * <p>Any number of clocks run. A pass is claimed in the database for 3 s and renewed by each round;
 * there are no leaders and no session locks, which a dead network would keep.
 *
 * <p>Only the verticle classes here see Vert.x; the rest is single-threaded and works on
 * interfaces, with time handed in, so that it can be simulated.
 */
@NullMarked
package dev.toygun.clock;

import org.jspecify.annotations.NullMarked;
