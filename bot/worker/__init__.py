"""Carries jobs from the queue to a finished file on disk."""
