package cqloop.testkit.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.testcontainers.DockerClientFactory;

class DockerConditionTest {
  @Test
  void skipsExactlyWhereNoEngineAnswers() {
    ConditionEvaluationResult result = new DockerCondition().evaluateExecutionCondition(null);

    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    assertThat(result.isDisabled()).isEqualTo(!docker);
    assertThat(result.getReason().orElseThrow())
        .contains(docker ? "a Docker engine answers" : "No Docker engine");
  }
}
