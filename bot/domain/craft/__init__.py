"""Prompt craft: parts, phrases and starting points that become one flowing paragraph."""
