// A load generator that costs little, so that the server under measurement has a whole core to itself: one thread, one
// poll loop, prepared requests.
//
// With a rate it is open: request number i is due i/rate after the start, whether or not answers came, and its latency
// counts from then on, so that a server that stalls does not spare itself the requests of the stall ("coordinated
// omission"). Without a rate it keeps a number of requests in flight.
//
// It prints one JSON object. Latencies are microseconds.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"os"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

type settings struct {
	address     string
	protocol    string
	requests    string
	rate        float64
	inFlight    int
	connections int
	seconds     float64
	warmup      float64
	verify      bool
}

func main() {
	var wanted settings
	flag.StringVar(&wanted.address, "address", "", "host:port")
	flag.StringVar(&wanted.protocol, "protocol", "grpc", "grpc (Check over HTTP/2) or http (HTTP/1.1)")
	flag.StringVar(&wanted.requests, "requests", "", "file of prepared requests")
	flag.Float64Var(&wanted.rate, "rate", 0, "requests a second; 0 keeps -in-flight requests on their way")
	flag.IntVar(&wanted.inFlight, "in-flight", 64, "requests at a time, without a rate")
	flag.IntVar(&wanted.connections, "connections", 4, "connections")
	flag.Float64Var(&wanted.seconds, "seconds", 2, "how long, after the warm-up")
	flag.Float64Var(&wanted.warmup, "warmup", 0.2, "seconds that are not counted")
	flag.BoolVar(&wanted.verify, "verify", true, "compare answers with those that are expected")
	flag.Parse()

	// The scheduler may otherwise wake us 50 µs late to save power.
	if err := unix.Prctl(unix.PR_SET_TIMERSLACK, 1, 0, 0, 0); err != nil {
		log.Fatal(err)
	}
	runtime.LockOSThread()
	requests, err := readRequests(wanted.requests)
	if err != nil {
		log.Fatal(err)
	}
	connections, err := connect(wanted)
	if err != nil {
		log.Fatal(err)
	}
	load := newRun(wanted, requests, connections)
	if err := load.drive(); err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(load.report()); err != nil {
		log.Fatal(err)
	}
}

// connect opens the connections, all before the first request is due.
func connect(wanted settings) ([]connection, error) {
	var opened []connection
	for range wanted.connections {
		socket, err := dial(wanted.address)
		if err != nil {
			return nil, err
		}
		if wanted.protocol == "grpc" {
			opened = append(opened, newGrpcConnection(socket))
		} else {
			opened = append(opened, &httpConnection{socket: socket})
		}
	}
	return opened, nil
}

// seconds as a duration.
func seconds(number float64) time.Duration {
	return time.Duration(number * float64(time.Second))
}
