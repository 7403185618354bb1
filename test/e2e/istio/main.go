// Reads a MeshConfig as istiod does, with unknown fields and wrong types as errors: a mistake in it would otherwise be
// found by a mesh that denies every request.
package main

import (
	"fmt"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	mesh "istio.io/api/mesh/v1alpha1"
	"sigs.k8s.io/yaml"
)

func main() {
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// check reports the first mistake in the file. protojson is strict unless told otherwise.
func check(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	json, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		return err
	}
	return protojson.Unmarshal(json, &mesh.MeshConfig{})
}
