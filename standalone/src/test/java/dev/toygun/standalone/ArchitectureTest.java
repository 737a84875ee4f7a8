package dev.toygun.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule holds for what we ship, and every rule bites. */
class ArchitectureTest {
  private static final String PLANTED = "dev.toygun.planted";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.toygun");

  private static final JavaClasses OFFENCES = new ClassFileImporter().importPackages(PLANTED);

  @ParameterizedTest
  @EnumSource
  void whatWeShipKeepsTheRule(ArchitectureRule rule) {
    rule.in("dev.toygun").check(OURS);
  }

  @ParameterizedTest
  @EnumSource
  void thePlantedOffencesBreakTheRule(ArchitectureRule rule) {
    var violations =
        String.join("\n", rule.in(PLANTED).evaluate(OFFENCES).getFailureReport().getDetails());
    for (String offender : rule.offenders()) {
      assertThat(violations).as(rule.name()).contains(PLANTED + "." + offender);
    }
  }

  /** Planted innocents, which no violation names, prove that a rule lets them go. */
  @Test
  void anInnocentBreaksNoRuleButThatOfItsPackage() {
    for (ArchitectureRule rule : ArchitectureRule.values()) {
      if (rule != ArchitectureRule.EVERY_PACKAGE_IS_NULL_MARKED) {
        assertThat(
                String.join(
                    "\n", rule.in(PLANTED).evaluate(OFFENCES).getFailureReport().getDetails()))
            .as(rule.name())
            .doesNotContain("Innocent");
      }
    }
  }

  /** Rules about classes that were never read would hold for ever. */
  @Test
  void theRulesSeeEveryModule() {
    Set<String> seen =
        OURS.stream()
            .map(ours -> ours.getPackage())
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());
    assertThat(seen)
        .contains(
            "dev.toygun.clock",
            "dev.toygun.worker",
            "dev.toygun.api",
            "dev.toygun.testing",
            "dev.toygun.examples",
            "dev.toygun.standalone")
        .doesNotContain(PLANTED);
  }
}
