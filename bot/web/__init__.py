"""Talkie's own web server: plain HTTP behind a proxy that speaks TLS."""
