"""Talkie: a self-hosted Discord bot that turns messages into videos."""

__version__ = "0.1.0"
