package dev.toygun.worker;

import dev.toygun.OnPanic;
import dev.toygun.StateDef;
import dev.toygun.store.Hop;
import dev.toygun.store.Outcome;
import java.util.Optional;

/** What a tick of a subject comes to, before any user code has run. */
sealed interface Plan {
  /** The engine itself decides. */
  record Decided(Optional<Outcome> outcome) implements Plan {}

  /** The code of this state is to run. */
  record Code(StateDef<?> row) implements Plan {}

  /** The resource's handler is to be asked about a panic that has climbed to it. */
  record Asks(Hop.Asked asked, OnPanic handler) implements Plan {}

  /** It is not ticked as things are; what must happen first will make it due. */
  record Skip() implements Plan {}
}
