#!/bin/sh
# Builds and runs the JMH benchmarks. Arguments are JMH's: a pattern of names, -f forks, -prof gc, -h for all.
set -eu
cd "$(dirname "$0")/.."
mvn -q -B -Pbench -pl benchmarks/jmh -am -DskipTests process-classes
class_path="benchmarks/jmh/target/classes:$(cat benchmarks/jmh/target/client.classpath)"
exec java -cp "$class_path" org.openjdk.jmh.Main "$@"
