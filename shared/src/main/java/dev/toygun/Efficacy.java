package dev.toygun;

/**
 * How well a repair has to work: {@code Efficacy.percent(50).of(10)}. A run of it has worked where
 * an alarm that was open while it was under way closed by 5 min after its end, no later run began
 * before that, and the alarm was not open again within a day. See {@link TaskType#demoteBelow}.
 *
 * @param percent of its latest runs have to have worked, 1 to 100
 * @param runs how many of the latest are looked at, 1 to 1,000; 10 unless said
 */
public record Efficacy(int percent, int runs) {
  /** So many of 100 have to have worked. */
  public static Efficacy percent(int percent) {
    return new Efficacy(percent, 10);
  }

  /** Of so many of the latest runs; of fewer nothing is said. */
  public Efficacy of(int latest) {
    return new Efficacy(percent, latest);
  }
}
