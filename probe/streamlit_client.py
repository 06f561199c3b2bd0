"""A browser's part of a Streamlit session: connects, makes the script run, and tells what the page then shows.

stdin: one JSON line {"url": "ws://127.0.0.1:8501/_stcore/stream", "firstRunS": 60, "furtherPagesS": 60}; its end ends us.
stdout: one JSON document {"runs": [...]}: the first page, then every other page that the app announces.
"""

import importlib
import importlib.util
import json
import os
import sys
import threading
import time
import types

from websocket_client import Closed, TimeIsUp, WebSocket

# A page that asks to be run again after every run (a live display) would do so for ever.
MOST_RERUNS = 5
# A page is live when it has drawn something in one and the same place this often without coming to an end.
LIVE_REDRAWS = 3


def message_classes():
    """BackMsg and ForwardMsg of the installed Streamlit, without importing Streamlit itself, which takes a second."""
    spec = importlib.util.find_spec("streamlit")
    package = types.ModuleType("streamlit")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["streamlit"] = package
    back = importlib.import_module("streamlit.proto.BackMsg_pb2").BackMsg
    forward = importlib.import_module("streamlit.proto.ForwardMsg_pb2").ForwardMsg
    return back, forward


def described(exception):
    return {
        "type": exception.type,
        "message": exception.message,
        "isWarning": exception.is_warning,
        "stackTrace": list(exception.stack_trace),
    }


class Page:
    """What one session sees."""

    def __init__(self):
        self.shown = {}
        self.compilation = []
        self.cached = {}
        self.announced = []
        self.redraws = {}
        self.last_drawn = 0.0

    def exceptions(self):
        return self.compilation + [self.shown[path] for path in sorted(self.shown)]

    def start_run(self, session):
        # A fragment's own run leaves the rest of the page as it was.
        if not list(getattr(session, "fragment_ids_this_run", [])):
            self.shown, self.compilation, self.redraws = {}, [], {}
        self.announce(getattr(session, "app_pages", []))

    def announce(self, pages):
        """Pages that lead out of the app are not its own; without a default, the first one is the script itself."""
        inside = [page for page in pages if not getattr(page, "external_url", "")]
        if not inside:
            return
        has_default = any(getattr(page, "is_default", False) for page in inside)
        self.announced = [
            {
                "hash": page.page_script_hash,
                "path": getattr(page, "url_pathname", "") or page.page_name,
                "isDefault": page.is_default if has_default else index == 0,
            }
            for index, page in enumerate(inside)
        ]

    def draw(self, message):
        path = tuple(message.metadata.delta_path)
        # Whatever is drawn in a place takes the place of what stood there and in it.
        self.shown = {each: seen for each, seen in self.shown.items() if each[: len(path)] != path}
        delta = message.delta
        if delta.WhichOneof("type") == "new_element" and delta.new_element.WhichOneof("type") == "exception":
            self.shown[path] = described(delta.new_element.exception)
            if message.hash:
                self.cached[message.hash] = message
        self.redraws[path] = self.redraws.get(path, 0) + 1
        self.last_drawn = time.monotonic()

    def is_live(self, started):
        now = time.monotonic()
        return max(self.redraws.values(), default=0) >= LIVE_REDRAWS and now - self.last_drawn < (now - started) / 2


def run_page(url, page_hash, deadline, classes):
    """Runs one page in a session of its own."""
    back_class, forward_class = classes
    page, started, reruns = Page(), time.monotonic(), 0
    state, detail, connection = "finished", "", None
    try:
        connection = WebSocket(url, "streamlit", deadline)
        request = back_class()
        request.rerun_script.query_string = ""
        if page_hash:
            request.rerun_script.page_script_hash = page_hash
        connection.send(request.SerializeToString())
        for data in connection.messages():
            message = forward_class()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash" and message.ref_hash in page.cached:
                cached = forward_class()
                cached.CopyFrom(page.cached[message.ref_hash])
                cached.metadata.CopyFrom(message.metadata)
                message, kind = cached, "delta"
            if kind == "new_session":
                page.start_run(message.new_session)
            elif kind == "navigation":
                page.announce(message.navigation.app_pages)
            elif kind == "delta":
                page.draw(message)
            elif kind == "session_event":
                if message.session_event.WhichOneof("type") == "script_compilation_exception":
                    page.compilation.append(described(message.session_event.script_compilation_exception))
                    break
            elif kind == "script_finished":
                # What did not compile is told after the end.
                if message.script_finished == forward_class.FINISHED_WITH_COMPILE_ERROR:
                    continue
                if message.script_finished != forward_class.FINISHED_EARLY_FOR_RERUN:
                    break
                reruns += 1
                if reruns == MOST_RERUNS:
                    state = "rerunning"
                    break
    except TimeIsUp:
        state = "live" if page.is_live(started) else "unfinished"
    except Closed as closed:
        state, detail = "disconnected", str(closed)
    finally:
        if connection is not None:
            connection.close()
    run = {
        "state": state,
        "detail": detail,
        "reruns": reruns,
        "durationMs": int((time.monotonic() - started) * 1000),
        "exceptions": page.exceptions(),
    }
    return run, page.announced


def watch_stdin():
    while os.read(0, 4096):
        pass
    os._exit(1)


def main():
    request = json.loads(sys.stdin.buffer.raw.readline().decode("utf-8"))
    threading.Thread(target=watch_stdin, daemon=True).start()
    classes = message_classes()
    run, pages = run_page(request["url"], "", time.monotonic() + request["firstRunS"], classes)
    runs = [dict(run, page="")]
    deadline = time.monotonic() + request["furtherPagesS"]
    for page in pages:
        if page["isDefault"] or run["state"] in ("unfinished", "disconnected"):
            continue
        run, _ = run_page(request["url"], page["hash"], deadline, classes)
        runs.append(dict(run, page=page["path"]))
    sys.stdout.write(json.dumps({"runs": runs}))
    sys.stdout.flush()
    os._exit(0)


main()
