#!/bin/sh
# Puts deliberate bugs into copies of our classes, one at a time, and shows which test catches each.
# The tree itself is not touched. About ten seconds each.
#   sabotage/run.sh [-offline] [name of a bug ...]
set -e
cd "$(dirname "$0")/.."
offline=
if [ "$1" = "-offline" ]; then
  offline=-o
  shift
fi
out=sabotage/target
mkdir -p $out
mvn $offline -q -B -pl impl-netty,spi-retry,spi-loadbalancing,spi-auth -am test-compile \
  -Dlint.main=-Xlint:none -Dlint.test=-Xlint:none
tests=impl-netty/target/test-classes:impl-netty/target/classes
for module in spi-retry spi-loadbalancing spi-auth; do
  tests=$tests:$module/target/test-classes
done
mvn $offline -q -B -pl impl-netty -am test-compile dependency:build-classpath \
  -DincludeScope=test -Dmdep.outputFile="$PWD/$out/libraries" \
  -Dlint.main=-Xlint:none -Dlint.test=-Xlint:none
exec java -Dclasspath="$tests:$(cat $out/libraries)" sabotage/Sabotage.java "$@"
