"""What can render a video: the Engine protocol and the engines behind it."""
