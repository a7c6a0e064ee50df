"""What the app's addresses do: each a function from a request to a page."""
