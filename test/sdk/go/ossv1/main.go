// Calls of aliyun-oss-go-sdk, Alibaba's first Go SDK for OSS.
package main

import (
	"errors"
	"fmt"

	"github.com/aliyun/aliyun-oss-go-sdk/oss"

	"refgate/sdks/calls"
)

var signatures = map[string]oss.AuthVersionType{"v1": oss.AuthV1, "v2": oss.AuthV2, "v4": oss.AuthV4}

func main() {
	calls.AnswerAll(perform, details)
}

func perform(call calls.Call) (any, error) {
	client, err := clientOf(call.Client)
	if err != nil {
		return nil, err
	}
	switch call.Call {
	case "set":
		return nil, client.SetBucketReferer(call.Bucket, call.Configuration.Allow, call.Configuration.AllowEmpty)
	case "put":
		return nil, client.SetBucketRefererV2(call.Bucket, xmlOf(call.Configuration))
	case "put-text":
		return nil, client.PutBucketRefererXml(call.Bucket, call.Text)
	}
	got, err := client.GetBucketReferer(call.Bucket)
	return gotOf(got), err
}

func clientOf(wanted calls.Client) (*oss.Client, error) {
	return oss.New(wanted.Endpoint, wanted.ID, wanted.Secret,
		oss.AuthVersion(signatures[wanted.Signature]),
		oss.Region("cn-hangzhou"),
		oss.ForcePathStyle(wanted.Style == "path"),
		oss.UseCname(wanted.Style == "cname"),
		oss.HTTPClient(calls.HTTPClient()))
}

func xmlOf(wanted calls.Configuration) oss.RefererXML {
	xml := oss.RefererXML{
		AllowEmptyReferer:        wanted.AllowEmpty,
		AllowTruncateQueryString: wanted.TruncateQuery,
		RefererList:              wanted.Allow,
	}
	if wanted.Deny != nil {
		xml.RefererBlacklist = &oss.RefererBlacklist{Referer: wanted.Deny}
	}
	return xml
}

func gotOf(got oss.GetBucketRefererResult) calls.Got {
	var deny []string
	if got.RefererBlacklist != nil {
		deny = got.RefererBlacklist.Referer
	}
	return calls.Got{
		AllowEmpty:    got.AllowEmptyReferer,
		Allow:         calls.NotNil(got.RefererList),
		Deny:          calls.NotNil(deny),
		TruncateQuery: got.AllowTruncateQueryString,
	}
}

func details(err error) calls.Raised {
	raised := calls.Raised{Type: fmt.Sprintf("%T", err), Message: err.Error()}
	var service oss.ServiceError
	if errors.As(err, &service) {
		raised.Status, raised.Code, raised.EC, raised.Message = service.StatusCode, service.Code, service.Ec, service.Message
	}
	return raised
}
