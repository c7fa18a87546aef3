"""One timeline, many packages: M4B, MP3s, EPUB with read-along, captions, stems."""

from fullcast.render.packages.choose import PACKAGES, check_package, write_package

__all__ = ["PACKAGES", "check_package", "write_package"]
