"""The CRM store: one noun per file, with its table and its verbs."""
