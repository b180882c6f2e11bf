"""The shop's words and rules. Nothing in here reads or writes anything."""
