package com.posmodern.ai;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Holds the rooms apart as their package-info files say. */
@AnalyzeClasses(packages = "com.posmodern.ai", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  static final String[] PURE_ROOMS = {
    "features",
    "forecast",
    "replenish",
    "recommend",
    "segment",
    "campaign",
    "sentiment",
    "behaviour",
    "quality",
    "model",
    "wording",
    "privacy",
    "report"
  };

  @ArchTest
  static final ArchRule ROOMS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("error")
          .definedBy("..ai.error..")
          .layer("contract")
          .definedBy("..ai.contract..")
          .layer("config")
          .definedBy("..ai.config..")
          .layer("lake")
          .definedBy("..ai.lake..")
          .layer("privacy")
          .definedBy("..ai.privacy..")
          .layer("source")
          .definedBy("..ai.source..")
          .layer("quality")
          .definedBy("..ai.quality..")
          .layer("features")
          .definedBy("..ai.features..")
          .layer("forecast")
          .definedBy("..ai.forecast..")
          .layer("replenish")
          .definedBy("..ai.replenish..")
          .layer("recommend")
          .definedBy("..ai.recommend..")
          .layer("segment")
          .definedBy("..ai.segment..")
          .layer("campaign")
          .definedBy("..ai.campaign..")
          .layer("sentiment")
          .definedBy("..ai.sentiment..")
          .layer("behaviour")
          .definedBy("..ai.behaviour..")
          .layer("model")
          .definedBy("..ai.model..")
          .layer("aws")
          .definedBy("..ai.aws..")
          .layer("outreach")
          .definedBy("..ai.outreach..")
          .layer("wording")
          .definedBy("..ai.wording..")
          .layer("publish")
          .definedBy("..ai.publish..")
          .layer("report")
          .definedBy("..ai.report..")
          .layer("night")
          .definedBy("..ai.night..")
          .layer("job")
          .definedBy("..ai.job..")
          .layer("cli")
          .definedBy("..ai.cli..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("night")
          .mayOnlyBeAccessedByLayers("job", "cli")
          .whereLayer("lake")
          .mayOnlyBeAccessedByLayers("publish", "outreach", "night", "job", "cli")
          .whereLayer("aws")
          .mayOnlyBeAccessedByLayers("outreach", "job")
          .whereLayer("outreach")
          .mayOnlyBeAccessedByLayers("job", "cli")
          .whereLayer("privacy")
          .mayOnlyBeAccessedByLayers("outreach", "night", "job", "cli")
          .whereLayer("publish")
          .mayOnlyBeAccessedByLayers("night", "job", "cli")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("job", "cli")
          .whereLayer("quality")
          .mayOnlyBeAccessedByLayers("night", "job")
          .whereLayer("features")
          .mayOnlyBeAccessedByLayers("forecast", "replenish", "job")
          .whereLayer("forecast")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("replenish")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("recommend")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("segment")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("campaign")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("sentiment")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("behaviour")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("job", "cli")
          .whereLayer("wording")
          .mayOnlyBeAccessedByLayers("forecast", "recommend", "campaign")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers(
              "forecast",
              "recommend",
              "segment",
              "campaign",
              "sentiment",
              "report",
              "night",
              "job");

  /** The machine runs any job and knows none: a new job is a new shell and a line in the list. */
  @ArchTest
  static final ArchRule THE_AREAS_OF_JOBS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("com.posmodern.ai.job.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("com.posmodern.ai.(*)..").should().beFreeOfCycles();

  /** Dataset in, Dataset out: reading and writing are for the lake and the jobs. */
  @ArchTest
  static final ArchRule PURE_ROOMS_DO_NO_IO =
      noClasses()
          .that()
          .resideInAnyPackage(packages(PURE_ROOMS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta..", "org.apache.hadoop..", "java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.DataFrameWriter")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.spark.sql.DataFrameReader");

  @ArchTest
  static final ArchRule TIME_COMES_IN_AS_THE_AS_OF_DATE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..ai.cli..")
          .should()
          .callMethod(java.time.LocalDate.class, "now")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  /** Another Delta is then a change of three classes, and a test says what it breaks. */
  @ArchTest
  static final ArchRule DELTAS_PRIVATE_API_STAYS_IN_THREE_CLASSES =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("com.posmodern.ai.lake.TableLog")
          .and()
          .doNotHaveFullyQualifiedName("com.posmodern.ai.lake.LogChanges")
          .and()
          .doNotHaveFullyQualifiedName("com.posmodern.ai.lake.VerifiedWrite")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule SCOPT_STAYS_IN_ONE_CLASS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("com.posmodern.ai.cli.CommandLine")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("scopt..");

  /** Whatever else wants the till's database goes through its target. */
  @ArchTest
  static final ArchRule POSTGRES_STAYS_IN_ITS_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("..ai.publish.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.postgresql..");

  @ArchTest
  static final ArchRule JOBS_ARE_NAMED_JOBS =
      classes()
          .that()
          .implement("com.posmodern.ai.night.Job")
          .should()
          .haveSimpleNameEndingWith("Job")
          .andShould()
          .resideInAPackage("..ai.job..");

  /** At a call, {@code true} says nothing: an enum or a second method does. */
  @ArchTest
  static final ArchRule NO_BOOLEAN_IS_PASSED =
      methods()
          .that()
          .areNotPrivate()
          // What a check checks.
          .and()
          .doNotHaveName("that")
          .should(
              new ArchCondition<>("have no boolean parameter") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  if (method.getRawParameterTypes().stream()
                      .anyMatch(type -> type.isEquivalentTo(boolean.class))) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                  }
                }
              });

  /** It is an artifact of its own, which the jobs do without. */
  @ArchTest
  static final ArchRule NOTHING_NEEDS_THE_SAMPLE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..source.sample..")
          .and()
          .doNotHaveSimpleName("SampleCommand")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..source.sample..")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("SampleCommand");

  private static String[] packages(String... rooms) {
    return java.util.Arrays.stream(rooms)
        .map(room -> "com.posmodern.ai." + room + "..")
        .toArray(String[]::new);
  }
}
