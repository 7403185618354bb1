// An ext_authz server as one writes it who needs no more than this: it allows the hosts of a list and all below them.
//
//	server LIST
//
// It listens on a free port of the loopback and says which.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"net"
	"net/url"
	"os"
	"strings"

	authv3 "github.com/envoyproxy/go-control-plane/envoy/service/auth/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
)

type referers struct {
	authv3.UnimplementedAuthorizationServer
	allowed map[string]struct{}
}

// allow tells whether a Referer is of a listed host or of one below it.
func (r *referers) allow(referer string) bool {
	page, err := url.Parse(referer)
	if err != nil {
		return false
	}
	name := strings.ToLower(page.Hostname())
	for below := true; below; _, name, below = strings.Cut(name, ".") {
		if _, listed := r.allowed[name]; listed {
			return true
		}
	}
	return false
}

func (r *referers) Check(_ context.Context, check *authv3.CheckRequest) (*authv3.CheckResponse, error) {
	referer := check.GetAttributes().GetRequest().GetHttp().GetHeaders()["referer"]
	if referer == "" || r.allow(referer) {
		return &authv3.CheckResponse{Status: &status.Status{Code: int32(codes.OK)}}, nil
	}
	return &authv3.CheckResponse{
		Status: &status.Status{Code: int32(codes.PermissionDenied)},
		HttpResponse: &authv3.CheckResponse_DeniedResponse{DeniedResponse: &authv3.DeniedHttpResponse{
			Status: &typev3.HttpStatus{Code: typev3.StatusCode_Forbidden},
			Body:   "Forbidden\n",
		}},
	}, nil
}

func readList(path string) (map[string]struct{}, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names := map[string]struct{}{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		names[lines.Text()] = struct{}{}
	}
	return names, lines.Err()
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: server LIST")
	}
	allowed, err := readList(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("{\"event\":\"ready\",\"grpc\":\"%s\"}\n", listener.Addr())
	server := grpc.NewServer()
	authv3.RegisterAuthorizationServer(server, &referers{allowed: allowed})
	log.Fatal(server.Serve(listener))
}
