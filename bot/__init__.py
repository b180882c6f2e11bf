"""The outside: channels, the sender, and the settings that say which of them there are."""
