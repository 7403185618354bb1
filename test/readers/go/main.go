// Reads a CheckResponse from stdin with Envoy's own Go types and prints its status code and dynamic_metadata as JSON.
package main

import (
	"encoding/json"
	"io"
	"log"
	"os"

	auth "github.com/envoyproxy/go-control-plane/envoy/service/auth/v3"
	"google.golang.org/protobuf/proto"
)

func main() {
	wire, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	var response auth.CheckResponse
	if err := proto.Unmarshal(wire, &response); err != nil {
		log.Fatal(err)
	}
	reading := map[string]any{
		"status":   response.GetStatus() != nil,
		"code":     response.GetStatus().GetCode(),
		"metadata": response.GetDynamicMetadata().AsMap(),
	}
	if err := json.NewEncoder(os.Stdout).Encode(reading); err != nil {
		log.Fatal(err)
	}
}
