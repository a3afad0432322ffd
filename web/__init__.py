"""The pages: read input, call one engine function, render."""
