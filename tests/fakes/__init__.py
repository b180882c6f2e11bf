"""Strict stand-ins for the platforms, on real sockets of this machine."""
