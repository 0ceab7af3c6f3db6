"""`python -m leanmirror.bridge` is the command `leanmirror`."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the current folder, whose files are not to be imported
    from leanmirror.bridge.commands.entry import run

    run()
