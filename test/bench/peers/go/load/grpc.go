package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

const (
	frameHead = 9
	// An Envoy opens so many streams at most.
	streamsAtMost = 1024
	// Windows as Envoy's, so that no answer waits for one.
	streamWindow     = 16 << 20
	connectionWindow = 1 << 30
)

// sentHeaders are those of a Check as Envoy 1.40.0 sends it, in its order.
var sentHeaders = []hpack.HeaderField{
	{Name: ":method", Value: "POST"},
	{Name: ":path", Value: "/envoy.service.auth.v3.Authorization/Check"},
	{Name: ":authority", Value: "refgate"},
	{Name: ":scheme", Value: "http"},
	{Name: "te", Value: "trailers"},
	{Name: "grpc-timeout", Value: "200m"},
	{Name: "content-type", Value: "application/grpc"},
	{Name: "x-envoy-internal", Value: "true"},
	{Name: "x-forwarded-for", Value: "127.0.0.1"},
	{Name: "x-envoy-expected-rq-timeout-ms", Value: "200"},
}

// stream is a Check on its way, and what is known of its answer.
type stream struct {
	waiting call
	answer  verdict
}

type grpcConnection struct {
	*socket
	streams     map[uint32]*stream
	next        uint32
	sendWindow  int
	unreturned  int
	streamLimit int
	encoder     *hpack.Encoder
	encoded     bytes.Buffer
	decoder     *hpack.Decoder
	status      string
}

func newGrpcConnection(on *socket) *grpcConnection {
	c := &grpcConnection{socket: on, streams: map[uint32]*stream{}, next: 1, sendWindow: 65_535, streamLimit: streamsAtMost}
	c.encoder = hpack.NewEncoder(&c.encoded)
	c.decoder = hpack.NewDecoder(4096, func(field hpack.HeaderField) {
		if field.Name == "grpc-status" {
			c.status = field.Value
		}
	})
	c.out = append(c.out, http2.ClientPreface...)
	window := binary.BigEndian.AppendUint32([]byte{0, byte(http2.SettingInitialWindowSize)}, streamWindow)
	c.frame(http2.FrameSettings, 0, 0, window)
	c.frame(http2.FrameWindowUpdate, 0, 0, binary.BigEndian.AppendUint32(nil, connectionWindow))
	return c
}

// free leaves room in the connection's window for a message of a usual size.
func (c *grpcConnection) free() bool {
	return len(c.streams) < c.streamLimit && c.sendWindow > 2048
}

func (c *grpcConnection) queue(message []byte, waiting call) {
	c.encoded.Reset()
	for _, field := range sentHeaders {
		// A bytes.Buffer takes whatever is written.
		_ = c.encoder.WriteField(field)
	}
	c.frame(http2.FrameHeaders, http2.FlagHeadersEndHeaders, c.next, c.encoded.Bytes())
	c.frame(http2.FrameData, http2.FlagDataEndStream, c.next, message)
	c.sendWindow -= len(message)
	c.streams[c.next] = &stream{waiting: waiting, answer: failed}
	c.next += 2
}

func (c *grpcConnection) frame(kind http2.FrameType, flags http2.Flags, id uint32, payload []byte) {
	size := len(payload)
	c.out = append(c.out, byte(size>>16), byte(size>>8), byte(size), byte(kind), byte(flags))
	c.out = binary.BigEndian.AppendUint32(c.out, id)
	c.out = append(c.out, payload...)
}

func (c *grpcConnection) receive(answered func(waiting call, answer verdict)) error {
	if err := c.read(); err != nil {
		return err
	}
	rest := c.in
	for len(rest) >= frameHead {
		size := int(rest[0])<<16 | int(rest[1])<<8 | int(rest[2])
		if len(rest) < frameHead+size {
			break
		}
		id := binary.BigEndian.Uint32(rest[5:])
		frame := incoming{http2.FrameType(rest[3]), http2.Flags(rest[4]), id, rest[frameHead : frameHead+size]}
		if err := c.handle(frame, answered); err != nil {
			return err
		}
		rest = rest[frameHead+size:]
	}
	c.in = append(c.in[:0], rest...)
	return nil
}

// incoming is a frame that has been read whole.
type incoming struct {
	kind    http2.FrameType
	flags   http2.Flags
	stream  uint32
	payload []byte
}

func (c *grpcConnection) handle(frame incoming, answered func(waiting call, answer verdict)) error {
	switch frame.kind {
	case http2.FrameData:
		c.data(frame)
	case http2.FrameHeaders:
		return c.headers(frame, answered)
	case http2.FrameSettings:
		c.settings(frame)
	case http2.FramePing:
		if !frame.flags.Has(http2.FlagPingAck) {
			c.frame(http2.FramePing, http2.FlagPingAck, 0, frame.payload)
		}
	case http2.FrameWindowUpdate:
		if frame.stream == 0 {
			c.sendWindow += int(binary.BigEndian.Uint32(frame.payload))
		}
	case http2.FrameRSTStream:
		c.end(frame.stream, failed, answered)
	case http2.FrameGoAway:
		return fmt.Errorf("the server ended a connection (error %d)", binary.BigEndian.Uint32(frame.payload[4:]))
	case http2.FrameContinuation:
		return errors.New("headers of more than one frame are not read here")
	}
	return nil
}

func (c *grpcConnection) data(frame incoming) {
	c.unreturned += len(frame.payload)
	if c.unreturned > connectionWindow/2 {
		c.frame(http2.FrameWindowUpdate, 0, 0, binary.BigEndian.AppendUint32(nil, uint32(c.unreturned)))
		c.unreturned = 0
	}
	if open := c.streams[frame.stream]; open != nil && len(frame.payload) > 0 {
		open.answer = readCheckResponse(frame.payload)
	}
}

func (c *grpcConnection) headers(frame incoming, answered func(waiting call, answer verdict)) error {
	if frame.flags.Has(http2.FlagHeadersPadded) || frame.flags.Has(http2.FlagHeadersPriority) {
		return errors.New("padded headers are not read here")
	}
	c.status = ""
	if _, err := c.decoder.Write(frame.payload); err != nil {
		return err
	}
	if open := c.streams[frame.stream]; open != nil && frame.flags.Has(http2.FlagHeadersEndStream) {
		answer := open.answer
		if c.status != "0" {
			answer = failed
		}
		c.end(frame.stream, answer, answered)
	}
	return nil
}

func (c *grpcConnection) end(id uint32, answer verdict, answered func(waiting call, answer verdict)) {
	if open := c.streams[id]; open != nil {
		delete(c.streams, id)
		answered(open.waiting, answer)
	}
}

func (c *grpcConnection) settings(frame incoming) {
	if frame.flags.Has(http2.FlagSettingsAck) {
		return
	}
	for all := frame.payload; len(all) >= 6; all = all[6:] {
		value := binary.BigEndian.Uint32(all[2:])
		switch http2.SettingID(binary.BigEndian.Uint16(all)) {
		case http2.SettingMaxConcurrentStreams:
			c.streamLimit = int(min(value, streamsAtMost))
		case http2.SettingHeaderTableSize:
			c.encoder.SetMaxDynamicTableSizeLimit(min(value, 4096))
		}
	}
	c.frame(http2.FrameSettings, http2.FlagSettingsAck, 0, nil)
}

// readCheckResponse reads `status.code` of a CheckResponse behind the five bytes of gRPC: absent or 0 is an allow.
func readCheckResponse(data []byte) verdict {
	// Field 1 (status), its length, field 1 (code), the code. Every server here writes it first, or not at all.
	if len(data) > 8 && data[5] == 0x0a && data[6] > 1 && data[7] == 0x08 && data[8] != 0 {
		return denied
	}
	return allowed
}
