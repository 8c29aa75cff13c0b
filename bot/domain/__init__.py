"""Rules of the product: pure functions and values, no clock, disk, network or Discord."""
