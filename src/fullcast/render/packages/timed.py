"""The script with times: when each of its segments is heard."""

from fullcast.errors import OutputError
from fullcast.formats.files import write_atomically
from fullcast.formats.records import json_page
from fullcast.render.packages.captions import times_by_segment
from fullcast.render.packages.order import Order
from fullcast.render.packages.report import Report

KEY = "heard_s"
"""Of a segment: when it begins and ends, in seconds of the performance; or ``None``."""


def write(order: Order) -> Report:
    """Write the script as it was, and with each segment when it is heard."""
    script, timeline = order.script, order.timeline
    if script is None:
        raise OutputError(f"{order.target}: times are told in a script, and none was given")
    times = times_by_segment(timeline)
    segments = [{**segment, KEY: times.get(segment["id"])} for segment in script["segments"]]
    write_atomically(order.target, json_page({**script, "segments": segments}))
    return Report(
        path=order.target,
        package="script with times",
        duration_s=timeline.duration_s,
        failed=timeline.failed,
    )
