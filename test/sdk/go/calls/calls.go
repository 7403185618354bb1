// Package calls is what the programs of both SDKs share: calls that come as JSON lines and are answered by JSON lines.
package calls

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
)

// Call is one call of an SDK.
type Call struct {
	Call          string
	Client        Client
	Bucket        string
	Configuration Configuration
	// The body of "put-text".
	Text string
}

// Client is what a client is made of.
type Client struct {
	Endpoint string
	ID       string
	Secret   string
	// v1, v2, v4
	Signature string
	// path, host, cname
	Style string
	// By how many seconds its clock is wrong.
	ClockError int
}

// Configuration is what PutBucketReferer sends.
type Configuration struct {
	AllowEmpty    bool
	Allow         []string
	Deny          []string
	TruncateQuery *bool
	TruncatePath  *bool
}

// Got is what GetBucketReferer gives.
type Got struct {
	AllowEmpty    bool     `json:"allowEmpty"`
	Allow         []string `json:"allow"`
	Deny          []string `json:"deny"`
	TruncateQuery *bool    `json:"truncateQuery"`
	TruncatePath  *bool    `json:"truncatePath,omitempty"`
}

// Raised is an error of the SDK.
type Raised struct {
	Type    string `json:"type"`
	Status  int    `json:"status"`
	Code    string `json:"code"`
	EC      string `json:"ec"`
	Message string `json:"message"`
}

// AnswerAll performs the call of each line of stdin, until there are no more.
func AnswerAll(perform func(Call) (any, error), details func(error) Raised) {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var call Call
		if err := json.Unmarshal(line, &call); err != nil {
			panic(err)
		}
		answer, _ := json.Marshal(answerTo(call, perform, details))
		fmt.Println(string(answer))
	}
}

func answerTo(call Call, perform func(Call) (any, error), details func(error) Raised) map[string]any {
	result, err := perform(call)
	if err != nil {
		return map[string]any{"raised": details(err)}
	}
	return map[string]any{"result": result}
}

// NotNil is the list, empty where the SDK has none.
func NotNil(list []string) []string {
	return append([]string{}, list...)
}

// HTTPClient finds names below .example on this machine: SDKs put buckets into host names.
func HTTPClient() *http.Client {
	var dialer net.Dialer
	dial := func(context context.Context, network, address string) (net.Conn, error) {
		host, port, _ := net.SplitHostPort(address)
		if strings.HasSuffix(host, ".example") {
			address = net.JoinHostPort("127.0.0.1", port)
		}
		return dialer.DialContext(context, network, address)
	}
	return &http.Client{Transport: &http.Transport{DialContext: dial}}
}
