"""Records that arrive from elsewhere: read, clean, match, write."""
