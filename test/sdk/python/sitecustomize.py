"""Python imports this at its start. Names below .example are this machine: SDKs put buckets into host names."""

import socket

_getaddrinfo = socket.getaddrinfo


def _example_is_here(host, *arguments, **options):
    name = host.decode() if isinstance(host, bytes) else host
    return _getaddrinfo('127.0.0.1' if name and name.endswith('.example') else host, *arguments, **options)


socket.getaddrinfo = _example_is_here
