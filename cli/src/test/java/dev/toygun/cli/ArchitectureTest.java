package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.toygun.standalone.ArchitectureRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the whole, for the one module that the tests of the whole cannot see. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.toygun.cli");

  @ParameterizedTest
  @EnumSource
  void theCommandLineKeepsTheRule(ArchitectureRule rule) {
    assertThat(OURS).as("classes of the command line").isNotEmpty();
    rule.in("dev.toygun").check(OURS);
  }
}
