package cqloop.bench.load;

/**
 * Value. One stretch of load.
 *
 * @param workload what each request does
 * @param inFlight how many requests are outstanding at any time
 * @param millis how long new requests are sent
 */
public record Job(Workload workload, int inFlight, long millis) {}
