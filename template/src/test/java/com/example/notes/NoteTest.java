package com.example.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.testing.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoteTest {
  @Test
  void aNoteIsAFileForAsLongAsItsResourceIsThere(@TempDir Path folder) {
    Simulation note = Simulation.of(new Note(folder).type()).with(Note.TEXT, "Milk.");
    note.advance(Duration.ofSeconds(5));
    Path file = Path.of(note.get(Note.FILE));
    assertThat(file).hasContent("Milk.");
    note.delete();
    note.advance(Duration.ofSeconds(5));
    assertThat(file).doesNotExist();
    assertThat(note.active()).isFalse();
    assertThat(note.unwalked()).isEmpty();
  }
}
