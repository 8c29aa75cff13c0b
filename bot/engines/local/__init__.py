"""The embedded engine: real videos without a key, a network or a GPU, in a worker process."""
