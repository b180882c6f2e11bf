"""The command line: one module per command, each with `arguments(parser)` and `run(args) -> int`.

A module is imported only when its command is typed, and imports what is slow only when it runs.
`args.app(house)` makes the web application, which is above this room.
"""

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("console.terminal.demo", "the product with an invented shop"),
    "serve": ("console.terminal.serve", "webhooks, pages and, unless --no-worker, the worker"),
    "worker": ("console.terminal.worker", "sender and journeys; any number side by side on PostgreSQL"),
    "poll": ("console.terminal.poll", "as serve, with Telegram by long polling"),
    "migrate": ("console.terminal.migrate", "bring the database to this version"),
    "tick": ("console.terminal.tick", "decide what is due, queue it and send it"),
    "rehearse": ("console.terminal.rehearse", "what journeys would have done on past days, in a throw-away copy"),
    "store": ("console.terminal.store", "stores: add, edit, list"),
    "service": ("console.terminal.service", "service items: add, edit, list"),
    "holiday": ("console.terminal.holiday", "days on which stores are closed: add, list"),
    "knowledge": ("console.terminal.knowledge", "articles that answer questions: load, list, search, unanswered"),
    "policy": ("console.terminal.policy", "the shop's rules: check, show"),
    "staff": ("console.terminal.staff", "the people who work here: add, list, remove, link, leave, scoreboard"),
    "owner": ("console.terminal.owner", "everything known about one owner"),
    "why": ("console.terminal.why", "why an owner got a message, or did not"),
    "link": ("console.terminal.link", "the address of one of an owner's own pages"),
    "understand": ("console.terminal.understand", "what the rules make of a sentence"),
    "import": ("console.terminal.importing", "owners, vehicles or visits from a spreadsheet"),
    "export": ("console.terminal.exporting", "everything, one CSV per table"),
    "privacy": ("console.terminal.privacy", "one owner's data: export, erase"),
    "model": ("console.terminal.model", "who comes back: what was learnt, and how well it foretold the last year"),
    "recall": ("console.terminal.recall", "tell the owners of recalled cars"),
    "keys": ("console.terminal.keys", "encryption keys: new, rotate"),
    "wechat": ("console.terminal.wechat", "the account's menu and scene codes"),
    "doctor": ("console.terminal.doctor", "what is wrong and what mends it"),
}
