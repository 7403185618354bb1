// Calls of alibabacloud-oss-go-sdk-v2, Alibaba's second Go SDK for OSS.
package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss"
	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss/credentials"
	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss/signer"

	"refgate/sdks/calls"
)

var signatures = map[string]oss.SignatureVersionType{"v1": oss.SignatureVersionV1, "v4": oss.SignatureVersionV4}

func main() {
	calls.AnswerAll(perform, details)
}

func perform(call calls.Call) (any, error) {
	client, background := clientOf(call.Client), context.Background()
	clock := atClockOf(call.Client)
	switch call.Call {
	case "put":
		request := &oss.PutBucketRefererRequest{Bucket: &call.Bucket, RefererConfiguration: configurationOf(call.Configuration)}
		result, err := client.PutBucketReferer(background, request, clock)
		if err != nil {
			return nil, err
		}
		return map[string]int{"status": result.StatusCode}, nil
	case "put-text":
		_, err := client.InvokeOperation(background, putOf(call), clock)
		return nil, err
	}
	got, err := client.GetBucketReferer(background, &oss.GetBucketRefererRequest{Bucket: &call.Bucket}, clock)
	if err != nil {
		return nil, err
	}
	return gotOf(got.RefererConfiguration), nil
}

func clientOf(wanted calls.Client) *oss.Client {
	return oss.NewClient(oss.LoadDefaultConfig().
		WithEndpoint(wanted.Endpoint).
		WithRegion("cn-hangzhou").
		WithSignatureVersion(signatures[wanted.Signature]).
		WithUsePathStyle(wanted.Style == "path").
		WithUseCName(wanted.Style == "cname").
		WithHttpClient(calls.HTTPClient()).
		WithCredentialsProvider(credentials.NewStaticCredentialsProvider(wanted.ID, wanted.Secret)))
}

// wrongClock signs by a clock that is wrong, and as corrected as the SDK says.
type wrongClock struct {
	signer.Signer
	by time.Duration
}

func (clock wrongClock) Sign(background context.Context, signing *signer.SigningContext) error {
	signing.Time = time.Now().Add(clock.by + signing.ClockOffset)
	return clock.Signer.Sign(background, signing)
}

func atClockOf(wanted calls.Client) func(*oss.Options) {
	return func(options *oss.Options) {
		if wanted.ClockError != 0 {
			options.Signer = wrongClock{options.Signer, time.Duration(wanted.ClockError) * time.Second}
		}
	}
}

// putOf is PutBucketReferer with a body that the SDK would not write.
func putOf(call calls.Call) *oss.OperationInput {
	input := &oss.OperationInput{
		OpName:     "PutBucketReferer",
		Method:     "PUT",
		Parameters: map[string]string{"referer": ""},
		Bucket:     &call.Bucket,
		Body:       strings.NewReader(call.Text),
	}
	input.OpMetadata.Set(signer.SubResource, []string{"referer"})
	return input
}

func configurationOf(wanted calls.Configuration) *oss.RefererConfiguration {
	configuration := &oss.RefererConfiguration{
		AllowEmptyReferer:        &wanted.AllowEmpty,
		AllowTruncateQueryString: wanted.TruncateQuery,
		TruncatePath:             wanted.TruncatePath,
		RefererList:              &oss.RefererList{Referers: wanted.Allow},
	}
	if wanted.Deny != nil {
		configuration.RefererBlacklist = &oss.RefererBlacklist{Referers: wanted.Deny}
	}
	return configuration
}

func gotOf(got *oss.RefererConfiguration) calls.Got {
	var allow, deny []string
	if got.RefererList != nil {
		allow = got.RefererList.Referers
	}
	if got.RefererBlacklist != nil {
		deny = got.RefererBlacklist.Referers
	}
	return calls.Got{
		AllowEmpty:    *got.AllowEmptyReferer,
		Allow:         calls.NotNil(allow),
		Deny:          calls.NotNil(deny),
		TruncateQuery: got.AllowTruncateQueryString,
		TruncatePath:  got.TruncatePath,
	}
}

func details(err error) calls.Raised {
	raised := calls.Raised{Type: fmt.Sprintf("%T", err), Message: err.Error()}
	var service *oss.ServiceError
	if errors.As(err, &service) {
		raised.Status, raised.Code, raised.EC, raised.Message = service.StatusCode, service.Code, service.EC, service.Message
	}
	return raised
}
