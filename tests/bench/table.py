"""Prints what was measured: medians over the rounds, and ratios, which are all that counts."""

from tests.bench.load import Result, median
from tests.bench.startup import Startup

BASE = ("telegram", "aiogram + Redis")
HEAD = (
    "channel",
    "server",
    "turns/s",
    "p50 ms",
    "p99 ms",
    "CPU µs/turn",
    "RSS MB",
    "booked",
    "× aiogram+Redis",
)


def print_turns(results: dict[tuple[str, str], list[Result]]) -> None:
    base = median(results[BASE], lambda one: one.rate) if BASE in results else float("nan")
    rows = [row(channel, name, results[channel, name], base) for channel, name in sorted(results, key=place)]
    print("\nFive-turn booking over HTTP, 50 chats at once, the whole server side on one core (medians):\n")
    print_table([HEAD, *rows])
    print(
        "\naiogram replies before anything is on disk (Redis syncs once a second); the others sync first.\n"
        "booked: talks of the measured time that ended with a confirmation."
    )


def place(key: tuple[str, str]) -> tuple[str, int]:
    channel, name = key
    return channel, 0 if name == "huiche" else 2 if name.startswith("floor") else 1


def row(channel: str, name: str, results: list[Result], base: float) -> tuple[str, ...]:
    rate = median(results, lambda one: one.rate)
    talks, unfinished = sum(one.talks for one in results), sum(one.unfinished for one in results)
    return (
        channel,
        name,
        f"{rate:,.0f}",
        f"{median(results, lambda one: one.percentile(0.5)):.1f}",
        f"{median(results, lambda one: one.percentile(0.99)):.0f}",
        f"{median(results, lambda one: one.cpu_us):,.0f}",
        f"{median(results, lambda one: one.rss):.0f}",
        f"{talks / max(talks + unfinished, 1):.0%}",
        f"{rate / base:.2f}",
    )


def print_startup(found: Startup) -> None:
    print("\nStart-up and memory (medians):\n")
    print_table(
        [
            ("what", "measured", "× import aiogram"),
            ("huiche --help", f"{found.help:.2f} s", f"{found.help / found.aiogram:.2f}"),
            (
                "huiche serve until ready, no channel",
                f"{found.ready:.2f} s",
                f"{found.ready / found.aiogram:.2f}",
            ),
            ("import aiogram", f"{found.aiogram:.2f} s", "1"),
            ("huiche serve, resident", f"{found.rss:.0f} MB", f"{found.rss / found.aiogram_rss:.2f}"),
            ("import aiogram, resident", f"{found.aiogram_rss:.0f} MB", "1"),
            ("huiche understand, a sentence", f"{found.understand * 1e6:.0f} µs", ""),
        ]
    )


def print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for index, cells in enumerate(rows):
        print(
            "  ".join(
                cell.ljust(w) if n < 2 else cell.rjust(w) for n, (cell, w) in enumerate(zip(cells, widths, strict=True))
            ).rstrip()
        )
        if index == 0:
            print("  ".join("─" * width for width in widths))
