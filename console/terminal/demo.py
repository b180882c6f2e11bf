"""`huiche demo`: the product with an invented shop."""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--owners", type=int, default=2000, metavar="N", help="how many owners to invent")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number, another shop")
    parser.add_argument("--port", type=int, default=8000, help="8000 unless told otherwise")
    parser.add_argument("--once", action="store_true", help="the scripted talk only")


def run(args: argparse.Namespace) -> int:
    from console import demo

    return demo.run(args)
