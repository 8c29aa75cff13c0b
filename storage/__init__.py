"""What is stored: records, statements and files; imports nothing else of Talkie."""
