"""What can be asked of the product; at most one transaction a method."""
