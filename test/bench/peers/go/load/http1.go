package main

import (
	"bytes"
	"errors"
	"strconv"
)

// httpConnection has one request on its way at a time, as connections of HTTP/1.1 do.
type httpConnection struct {
	*socket
	waiting call
	busy    bool
}

func (c *httpConnection) free() bool { return !c.busy }

func (c *httpConnection) queue(request []byte, waiting call) {
	c.out = append(c.out, request...)
	c.waiting = waiting
	c.busy = true
}

func (c *httpConnection) receive(answered func(waiting call, answer verdict)) error {
	if err := c.read(); err != nil {
		return err
	}
	head, body, complete := bytes.Cut(c.in, []byte("\r\n\r\n"))
	if !complete {
		return nil
	}
	status, length, err := readHead(head)
	if err != nil {
		return err
	}
	if len(body) < length {
		return nil
	}
	if !c.busy || len(body) > length {
		return errors.New("an answer that was not asked for")
	}
	c.in = c.in[:0]
	c.busy = false
	answered(c.waiting, verdictOf(status))
	return nil
}

func verdictOf(status int) verdict {
	switch status {
	case 200, 204:
		return allowed
	case 403:
		return denied
	}
	return failed
}

// readHead finds the status and the length of the body. The servers that are measured send no chunks.
func readHead(head []byte) (status, length int, err error) {
	lines := bytes.Split(head, []byte("\r\n"))
	if len(lines[0]) < 12 {
		return 0, 0, errors.New("not an HTTP answer")
	}
	if status, err = strconv.Atoi(string(lines[0][9:12])); err != nil {
		return 0, 0, err
	}
	for _, line := range lines[1:] {
		name, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(name, []byte("content-length")) {
			length, err = strconv.Atoi(string(bytes.TrimSpace(value)))
			return status, length, err
		}
	}
	return status, 0, nil
}
