"""The check-up: each part looked at once, each finding with what mends it."""
