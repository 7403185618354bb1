package main

import (
	"errors"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// How long to wait, after the last request was due, for answers that are still missing.
const patience = time.Second

type run struct {
	wanted      settings
	requests    []request
	connections []connection
	polled      []unix.PollFd
	turn        int
	start       time.Time
	warm, end   int64
	sent        int
	inFlight    int
	failed      int
	wrong       int
	answered    int
	denied      int
	inTime      int
	latencies   []int64
}

func newRun(wanted settings, requests []request, connections []connection) *run {
	r := &run{wanted: wanted, requests: requests, connections: connections}
	for _, each := range connections {
		r.polled = append(r.polled, unix.PollFd{Fd: int32(each.descriptor())})
	}
	r.warm = int64(seconds(wanted.warmup))
	r.end = int64(seconds(wanted.warmup + wanted.seconds))
	r.latencies = make([]int64, 0, 1<<20)
	return r
}

func (r *run) drive() error {
	r.start = time.Now()
	for {
		now := r.now()
		next := r.sendDue(now)
		for _, each := range r.connections {
			if err := each.flush(); err != nil {
				return err
			}
		}
		if now >= r.end && (r.inFlight == 0 || now >= r.end+int64(patience)) {
			return nil
		}
		if err := r.wait(next - r.now()); err != nil {
			return err
		}
	}
}

func (r *run) now() int64 { return int64(time.Since(r.start)) }

// sendDue queues what is due, and tells when to come again at the latest.
func (r *run) sendDue(now int64) int64 {
	if r.wanted.rate == 0 {
		for now < r.end && r.inFlight < r.wanted.inFlight && r.send(now) {
		}
		return max(r.end, now+int64(patience)/10)
	}
	for {
		due := r.dueAt(r.sent)
		if due > now || due >= r.end {
			return max(due, now) + boolTo(due >= r.end, int64(patience)/10)
		}
		// All connections are busy: the next answer makes room, and the wait counts.
		if now >= r.end || !r.send(due) {
			return now + int64(patience)/10
		}
	}
}

func boolTo(condition bool, value int64) int64 {
	if condition {
		return value
	}
	return 0
}

func (r *run) dueAt(number int) int64 {
	return int64(float64(number) / r.wanted.rate * float64(time.Second))
}

// send takes the next connection that has room, in turn.
func (r *run) send(due int64) bool {
	for range r.connections {
		r.turn = (r.turn + 1) % len(r.connections)
		if on := r.connections[r.turn]; on.free() {
			next := r.requests[r.sent%len(r.requests)]
			on.queue(next.bytes, call{due: due, expected: next.expected})
			r.sent++
			r.inFlight++
			return true
		}
	}
	return false
}

func (r *run) wait(nanoseconds int64) error {
	for at, each := range r.connections {
		r.polled[at].Events = unix.POLLIN
		if each.unsent() {
			r.polled[at].Events |= unix.POLLOUT
		}
	}
	timeout := unix.NsecToTimespec(max(nanoseconds, 0))
	if _, err := unix.Ppoll(r.polled, &timeout, nil); err != nil && !errors.Is(err, unix.EINTR) {
		return err
	}
	for at, each := range r.connections {
		if r.polled[at].Revents&^unix.POLLOUT == 0 {
			continue
		}
		if err := each.receive(r.count); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) count(waiting call, answer verdict) {
	now := r.now()
	r.inFlight--
	r.answered++
	if answer == failed {
		r.failed++
	} else if r.wanted.verify && answer != waiting.expected {
		r.wrong++
	}
	if answer == denied {
		r.denied++
	}
	// A call that failed is no answer that anybody could use.
	if answer != failed && now >= r.warm && now < r.end {
		r.inTime++
	}
	if waiting.due >= r.warm {
		r.latencies = append(r.latencies, now-waiting.due)
	}
}

// report is what the generator prints.
type report struct {
	Answered int `json:"answered"`
	Denied   int `json:"denied"`
	Failed   int `json:"failed"`
	Wrong    int `json:"wrong"`
	// Due, but without an answer when the generator stopped waiting.
	Unanswered int     `json:"unanswered"`
	PerSecond  float64 `json:"perSecond"`
	P50        float64 `json:"p50"`
	P99        float64 `json:"p99"`
	P999       float64 `json:"p999"`
	Max        float64 `json:"max"`
	// The share of the generator's core that it used: near 1, it is what was measured.
	Busy float64 `json:"busy"`
}

func (r *run) report() report {
	end := r.now()
	unanswered := r.inFlight
	if r.wanted.rate > 0 {
		// What was due and has no answer has waited until now at least.
		for number := r.answered; r.dueAt(number) < r.end; number++ {
			r.latencies = append(r.latencies, end-r.dueAt(number))
		}
		unanswered = int(float64(r.end)/float64(time.Second)*r.wanted.rate) - r.answered
	}
	slices.Sort(r.latencies)
	var usage unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &usage)
	return report{
		Answered: r.answered, Denied: r.denied, Failed: r.failed, Wrong: r.wrong, Unanswered: max(unanswered, 0),
		PerSecond: float64(r.inTime) / r.wanted.seconds,
		P50:       r.percentile(0.5), P99: r.percentile(0.99), P999: r.percentile(0.999), Max: r.percentile(1),
		Busy: float64(usage.Utime.Nano()+usage.Stime.Nano()) / float64(end),
	}
}

func (r *run) percentile(share float64) float64 {
	if len(r.latencies) == 0 {
		return 0
	}
	at := min(int(share*float64(len(r.latencies))), len(r.latencies)-1)
	return float64(r.latencies[at]) / 1000
}
