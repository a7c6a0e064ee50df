"""The app in a browser: pages that call what the commands call, on the same store."""
