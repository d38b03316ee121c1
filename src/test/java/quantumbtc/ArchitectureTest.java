package quantumbtc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom. */
class ArchitectureTest {

    private static final Map<String, List<String>> MAY_IMPORT = Map.of(
            "db", List.of(),
            "market", List.of("db"),
            "trade", List.of("db"),
            "rollout", List.of("db"),
            "http", List.of("db"),
            "signal", List.of("trade", "market"),
            "migration", List.of("trade", "db"),
            "validation", List.of("trade", "market", "db"),
            "monitoring", List.of("validation", "market", "migration", "rollout", "trade", "db"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("quantumbtc");

    @ParameterizedTest
    @ValueSource(strings = {"db", "market", "trade", "rollout", "http", "signal", "migration", "validation", "monitoring"})
    void a_package_imports_only_what_it_may(String name) {
        Set<String> allowed = new java.util.HashSet<>(MAY_IMPORT.get(name));
        allowed.add(name);
        noClasses().that().resideInAPackage("quantumbtc." + name + "..")
                .should().dependOnClassesThat(ours().and(DescribedPredicate.not(
                        resideInAnyPackage(allowed.stream().map(other -> "quantumbtc." + other + "..").toArray(String[]::new)))))
                .allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void camel_is_imported_only_where_it_is_needed() {
        noClasses().that().resideOutsideOfPackage("quantumbtc.http..")
                .and().doNotHaveFullyQualifiedName("quantumbtc.App")
                .and().doNotHaveFullyQualifiedName("quantumbtc.Wiring")
                .and().doNotImplement("org.apache.camel.AggregationStrategy")
                .should().dependOnClassesThat().resideInAPackage("org.apache.camel..").check(CLASSES);
    }

    @Test
    void nobody_asks_the_system_for_the_time() {
        noClasses().should().callMethod(java.time.Instant.class, "now")
                .orShould().callMethod(java.time.LocalDateTime.class, "now")
                .orShould().callMethod(java.time.OffsetDateTime.class, "now")
                .orShould().callMethod(java.time.ZonedDateTime.class, "now")
                .orShould().callMethod(java.time.LocalDate.class, "now").check(CLASSES);
    }

    @Test
    void no_package_is_a_drawer_for_everything() {
        classes().should().resideOutsideOfPackages("..util..", "..common..", "..helper..", "..service..", "..impl..", "..dto..", "..manager..")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAnyPackage("quantumbtc..");
    }
}
