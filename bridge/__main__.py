"""`python -m leanmirror.bridge` is the command `leanmirror`."""

import sys

from leanmirror.bridge.cli import main

if __name__ == "__main__":
    sys.exit(main())
