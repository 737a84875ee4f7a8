package dev.toygun.bench.micro;

import dev.toygun.bench.Java;
import dev.toygun.standalone.Folders;
import dev.toygun.worker.Charging;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.core.BenchmarkGenerator;
import org.openjdk.jmh.generators.core.FileSystemDestination;
import org.openjdk.jmh.generators.reflection.RFGeneratorSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Makes the code that JMH runs the {@link Pieces} with, compiles it, and has JMH run it in a JVM of
 * its own.
 */
@Command(
    name = "micro",
    description = "Measures the pieces that are in the way of every step, with JMH.")
public final class Micro implements Callable<Integer> {
  private static final List<String> USUAL =
      List.of("-f", "1", "-wi", "3", "-w", "1", "-i", "5", "-r", "1");

  @Parameters(
      paramLabel = "WORD",
      description = "Options of JMH after --, in place of: -f 1 -wi 3 -w 1 -i 5 -r 1.")
  private List<String> words = List.of();

  /** Made by picocli. */
  public Micro() {}

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("toygun-bench-micro-");
    try {
      generate(folder);
      compile(folder);
      return run(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void generate(Path folder) throws IOException {
    RFGeneratorSource source = new RFGeneratorSource();
    source.processClasses(Pieces.class, Charging.class);
    FileSystemDestination destination = new FileSystemDestination(folder.toFile(), folder.toFile());
    BenchmarkGenerator generator = new BenchmarkGenerator();
    generator.generate(source, destination);
    generator.complete(source, destination);
    if (destination.hasErrors()) {
      throw new IOException("JMH cannot make its code: " + destination.getErrors());
    }
  }

  private static void compile(Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler: use a JDK");
    }
    List<String> words =
        new ArrayList<>(
            List.of("-proc:none", "-nowarn", "-cp", Java.classPath(), "-d", folder.toString()));
    try (Stream<Path> files = Files.walk(folder)) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(words::add);
    }
    if (compiler.run(null, null, null, words.toArray(String[]::new)) != 0) {
      throw new IOException("what JMH has made does not compile");
    }
  }

  private int run(Path folder) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Java.program("java"),
                "-cp",
                folder + File.pathSeparator + Java.classPath(),
                "org.openjdk.jmh.Main"));
    command.addAll(words.isEmpty() ? USUAL : words);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
