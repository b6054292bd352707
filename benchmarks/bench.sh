#!/bin/sh
# Builds the clients with their class paths, then measures them side by side. Options: bench.sh --help
set -eu
cd "$(dirname "$0")/.."
clients="cqloop apache scylla vertx-cassandra"
modules="benchmarks/harness,benchmarks/cassandra"
for client in $clients; do
  modules="$modules,benchmarks/clients/$client"
done
mvn -q -B -Pbench -pl "$modules" -am -DskipTests process-classes
class_path="benchmarks/harness/target/classes:$(cat benchmarks/harness/target/client.classpath)"
exec java -cp "$class_path" cqloop.bench.run.BenchMain "$@"
