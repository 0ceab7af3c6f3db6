"""`python -m leanmirror` is the command `leanmirror`."""

from leanmirror.bridge.commands.entry import run

if __name__ == "__main__":
    run()
