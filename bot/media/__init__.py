"""Everything that touches untrusted or rendered files; could be published on its own."""
