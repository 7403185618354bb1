# Allows the hosts of a list and all below them, as the servers in Go and Rust beside it do.
package referer

default allow := false

referer := object.get(input.attributes.request.http.headers, "referer", "")

allow if referer == ""

# The host of the Referer and each host above it: a.b.example, b.example, example.
allow if {
	authority := regex.find_all_string_submatch_n(`^[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#]*@)?([^/?#:]*)`, referer, 1)
	labels := split(lower(authority[0][1]), ".")
	some start in numbers.range(0, count(labels) - 1)
	data.names[concat(".", array.slice(labels, start, count(labels)))]
}
