package com.example.notes;

import static dev.toygun.StateDef.state;

import dev.toygun.Field;
import dev.toygun.Next;
import dev.toygun.ResourceType;
import dev.toygun.TaskName;
import dev.toygun.TaskType;
import dev.toygun.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a text, which is there for as long as its resource is. */
public final class Note {
  static final Field<String> TEXT = Field.text("text").length(10_000).required();
  static final Field<String> FILE = Field.text("file");

  enum State {
    KEPT
  }

  enum Write {
    WRITE
  }

  enum Remove {
    REMOVE
  }

  private final Path folder;

  Note(Path folder) {
    this.folder = folder;
  }

  /** The type {@code note}. */
  public ResourceType<State> type() {
    return ResourceType.of("note", state(State.KEPT).decide(t -> t.stay()).rests())
        .fields(TEXT, FILE)
        .onStart(
            TaskType.of(
                TaskName.of("write"), state(Write.WRITE).blocking(this::write).finishes()))
        .onStop(
            TaskType.of(
                TaskName.of("remove"), state(Remove.REMOVE).blocking(this::remove).finishes()));
  }

  // A step may run twice, and be lost after it ran: so it does the same again.
  private Next<Write> write(Tick<Write> t) throws IOException {
    Path file = Files.createDirectories(folder).resolve(t.uuid() + ".txt");
    Files.writeString(file, t.get(TEXT));
    return t.finish().with(FILE, file.toString());
  }

  private Next<Remove> remove(Tick<Remove> t) throws IOException {
    if (t.find(FILE).isPresent()) {
      Files.deleteIfExists(Path.of(t.get(FILE)));
    }
    return t.finish().without(FILE);
  }
}
