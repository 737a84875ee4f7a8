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
  static final Field<String> FILE = Field.text("file").internal();

  enum State {
    KEPT
  }

  enum Write {
    CHOOSE,
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
                TaskName.of("write"),
                state(Write.CHOOSE).decide(this::choose).to(Write.WRITE),
                state(Write.WRITE).blocking(this::write).finishes()))
        .onStop(
            TaskType.of(
                TaskName.of("remove"), state(Remove.REMOVE).blocking(this::remove).finishes()));
  }

  // Where it will be is committed before anything is there: whoever takes it down finds it, also if
  // the next step is lost after it ran. The token is the same on every try.
  private Next<Write> choose(Tick<Write> t) {
    return t.go(Write.WRITE).with(FILE, folder.resolve(t.token("file") + ".txt").toString());
  }

  // A step may run twice: so it does the same again.
  private Next<Write> write(Tick<Write> t) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(Path.of(t.get(FILE)), t.get(TEXT));
    return t.finish();
  }

  private Next<Remove> remove(Tick<Remove> t) throws IOException {
    if (t.find(FILE).isPresent()) {
      Files.deleteIfExists(Path.of(t.get(FILE)));
    }
    return t.finish().without(FILE);
  }
}
