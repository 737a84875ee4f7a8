package com.example.notes;

import dev.toygun.ResourceType;
import dev.toygun.ResourceTypes;
import dev.toygun.Setting;
import java.nio.file.Path;
import java.util.List;

/** Where a worker finds the types: named in META-INF/services. */
public final class NoteTypes implements ResourceTypes {
  /** Made by the worker. */
  public NoteTypes() {}

  @Override
  public List<ResourceType<?>> types(Setting setting) {
    Path folder =
        setting
            .config("NOTES_FOLDER")
            .map(Path::of)
            .orElseThrow(() -> new IllegalArgumentException("set NOTES_FOLDER to a folder"));
    return List.of(new Note(folder).type());
  }
}
