#!/bin/sh
# Measures a session on a large scripted cluster. Arguments: nodes of each data centre, data centres, tokens of a node.
set -eu
cd "$(dirname "$0")/.."
mvn -q -B -Pbench -pl benchmarks/jmh -am -DskipTests process-classes
class_path="benchmarks/jmh/target/classes:$(cat benchmarks/jmh/target/client.classpath)"
# Twice the memory that the driver may take: the rest is that of the JVM's own warm-up and of the measurement.
exec java -Xmx512m -XX:+UseSerialGC -cp "$class_path" cqloop.bench.scale.ScaleMain "$@"
