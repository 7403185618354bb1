package main

import (
	"errors"
	"fmt"
	"net"

	"golang.org/x/sys/unix"
)

// call is a request that waits for its answer.
type call struct {
	// due is when it should have been sent, in nanoseconds since the start.
	due      int64
	expected verdict
}

// connection carries requests in one protocol.
type connection interface {
	descriptor() int
	// free tells whether it takes another request now.
	free() bool
	// queue takes a request; flush sends what has been queued.
	queue(bytes []byte, waiting call)
	flush() error
	// unsent tells whether the socket had no room for all.
	unsent() bool
	// receive reads what is there, and tells of each answer.
	receive(answered func(waiting call, answer verdict)) error
}

// socket is a TCP connection that never blocks, with what is to be written and what has been read in part.
type socket struct {
	number int
	out    []byte
	in     []byte
}

func dial(address string) (*socket, error) {
	target, err := net.ResolveTCPAddr("tcp4", address)
	if err != nil {
		return nil, err
	}
	number, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	to := &unix.SockaddrInet4{Port: target.Port, Addr: [4]byte(target.IP.To4())}
	if err := unix.Connect(number, to); err != nil {
		return nil, fmt.Errorf("connect to %s: %w", address, err)
	}
	if err := unix.SetsockoptInt(number, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1); err != nil {
		return nil, err
	}
	return &socket{number: number}, unix.SetNonblock(number, true)
}

func (s *socket) descriptor() int { return s.number }

func (s *socket) unsent() bool { return len(s.out) > 0 }

func (s *socket) flush() error {
	if len(s.out) == 0 {
		return nil
	}
	written, err := unix.Write(s.number, s.out)
	if errors.Is(err, unix.EAGAIN) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	s.out = append(s.out[:0], s.out[written:]...)
	return nil
}

// scratch takes what one read gives. There is one thread.
var scratch [1 << 18]byte

func (s *socket) read() error {
	count, err := unix.Read(s.number, scratch[:])
	if errors.Is(err, unix.EAGAIN) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if count == 0 {
		return errors.New("the server closed a connection")
	}
	s.in = append(s.in, scratch[:count]...)
	return nil
}
