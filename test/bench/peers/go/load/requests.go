package main

import (
	"encoding/binary"
	"errors"
	"os"
)

// verdict is what a server says of a request.
type verdict byte

const (
	denied  verdict = 0
	allowed verdict = 1
	failed  verdict = 2
)

// request is sent as it is: a gRPC message with its five bytes before it, or an HTTP/1.1 request.
type request struct {
	expected verdict
	bytes    []byte
}

// readRequests reads a file of records: a byte that is 1 where the request is to be allowed, the length in four bytes
// (big endian), the request.
func readRequests(path string) ([]request, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var requests []request
	for len(content) > 0 {
		if len(content) < 5 || len(content)-5 < int(binary.BigEndian.Uint32(content[1:])) {
			return nil, errors.New("the file of requests ends within a record")
		}
		end := 5 + int(binary.BigEndian.Uint32(content[1:]))
		requests = append(requests, request{expected: verdict(content[0]), bytes: content[5:end]})
		content = content[end:]
	}
	if len(requests) == 0 {
		return nil, errors.New("the file of requests is empty")
	}
	return requests, nil
}
