"""The command line: one module per command, each with `arguments(parser)` and `run(args) -> int`.

A module is imported only when its command is typed, and imports what is slow only when it runs.
"""

COMMANDS: dict[str, tuple[str, str]] = {
    "store": ("console.terminal.store", "stores: add, edit, list"),
    "service": ("console.terminal.service", "service items: add, edit, list"),
    "holiday": ("console.terminal.holiday", "days on which stores are closed: add, list"),
    "staff": ("console.terminal.staff", "the people who work here: add, list, remove, link"),
    "owner": ("console.terminal.owner", "everything known about one owner"),
    "understand": ("console.terminal.understand", "what the rules make of a sentence"),
    "import": ("console.terminal.importing", "owners, vehicles or visits from a spreadsheet"),
    "export": ("console.terminal.exporting", "everything, one CSV per table"),
    "keys": ("console.terminal.keys", "encryption keys: new, rotate"),
    "wechat": ("console.terminal.wechat", "the account's menu and scene codes"),
    "doctor": ("console.terminal.doctor", "what is wrong and what mends it"),
}
