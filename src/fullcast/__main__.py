"""``python -m fullcast``, and the command ``fullcast``."""

import sys

from fullcast.cli import main

if __name__ == "__main__":
    sys.exit(main())
