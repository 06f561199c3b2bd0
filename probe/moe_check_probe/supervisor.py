"""Decides which module is imported where, and reads what the children left behind."""
import json
import os
import platform
import re
import threading

from .exceptions import Own, stack_from_dump
from .isolation import Preloader, PreloaderGone, end_all, run_alone

AT_A_TIME = 2
KEPT_LINES = 20
# A preloader that failed is started again without what made it fail, so often.
PRELOADER_ATTEMPTS = 3


class Supervisor:
    """One run over all jobs. `answer` is what the probe prints."""

    def __init__(self, request):
        self.jobs = request["jobs"]
        self.world = request["world"]
        self.own = Own(self.world["root"], self.world["own"])
        self.lock = threading.Lock()
        self.results = [None] * len(self.jobs)
        self.waiting = list(range(len(self.jobs)))
        self.stuck = {}
        self.state = None
        self.preloaded = []
        self.preloader = None

    def answer(self):
        isolation = "process"
        if self.jobs and hasattr(os, "fork"):
            self.preload()
            isolation = "fork" if self.preloader else "process"
        self.begin_with_entry()
        workers = [threading.Thread(target=self.work) for _ in range(min(AT_A_TIME, len(self.waiting)))]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return {
            "python": platform.python_version(),
            "isolation": isolation if self.preloader or isolation == "process" else "process",
            "preloaded": self.preloaded,
            "results": self.results,
        }

    def end(self):
        """Kills what was started, for systems that cannot tell what runs below a process."""
        end_all()

    def preload(self):
        """Starts a preloader that has loaded what can be loaded without harm; none when it keeps dying."""
        left_out = {}
        for _ in range(PRELOADER_ATTEMPTS):
            preloader = Preloader()
            wanted = [entry for entry in self.world["preload"] if entry["module"] not in left_out]
            loaded, broken = self.load(preloader, wanted)
            if not broken:
                self.preloaded = loaded + list(left_out.values())
                self.preloader = preloader
                return
            # What failed half-way may be left in a state in which its second import, in a child, fails differently.
            preloader.end()
            left_out.update((entry["module"], entry) for entry in broken)
        self.preloaded = list(left_out.values())

    def load(self, preloader, wanted):
        """(what was loaded or is simply not installed, what broke the preloader or broke in it)"""
        loaded, broken, current = [], [], None
        timeout_s = self.world["timeoutS"]
        try:
            preloader.send(dict(self.world, preload=wanted))
            while True:
                told = preloader.receive(timeout_s)
                if "ready" in told:
                    return loaded, broken
                if "begins" in told:
                    current = told["begins"]
                    continue
                entry = {"module": told["done"], "durationMs": told["durationMs"], "ok": told["problem"] is None}
                (broken if told["problem"] == "broken" else loaded).append(entry)
        except PreloaderGone:
            broken.append({"module": current or "", "durationMs": round(timeout_s * 1000), "ok": False})
            return loaded, broken

    def begin_with_entry(self):
        """What the entry script does to sys.path and os.environ holds for everything else."""
        for index, job in enumerate(self.jobs):
            if job["role"] == "entry":
                self.waiting.remove(index)
                self.results[index] = self.settle(job)
                self.state = self.results[index].pop("state")

    def work(self):
        while True:
            with self.lock:
                if not self.waiting:
                    return
                index = self.waiting.pop(0)
            self.results[index] = self.settle(self.jobs[index])
            self.results[index].pop("state", None)

    def settle(self, job):
        """The result of a job; what a fork may have caused is looked at again in an interpreter of its own."""
        with self.lock:
            stop_before = [module for module in self.stuck if module != job["module"]]
        job = dict(job, stopBefore=stop_before, state=self.state)
        result = None
        preloader = self.preloader
        if preloader:
            try:
                result = self.read(preloader.run(job, self.world["timeoutS"]))
            except PreloaderGone:
                self.preloader = None
                preloader.end()
        if result is None or self.doubtful(result):
            result = self.read(run_alone(job, self.world, self.world["timeoutS"]))
        if result["status"] == "stopped":
            return self.echo(result)
        if result["status"] in ("timeout", "crashed"):
            self.remember(result)
        return result

    @staticmethod
    def doubtful(result):
        """Threads and devices of a preloaded package do not survive a fork; that is not the dashboard's fault."""
        told = " ".join(error["message"] for error in result["exceptions"])
        return result["status"] in ("timeout", "crashed") or re.search(r"\bfork", told, re.IGNORECASE) is not None

    def remember(self, result):
        """Keeps which module never finishes, so that those who import it need not wait for it again."""
        for depth in range(len(result["stack"]) - 1, -1, -1):
            frame = result["stack"][depth]
            module = self.world["modules"].get(frame["file"]) if frame["own"] else None
            if module and frame["function"] == "<module>":
                with self.lock:
                    self.stuck[module] = dict(result, stack=result["stack"][depth:])
                return

    def echo(self, result):
        """What would have happened: the import goes on into the module that is known never to finish."""
        culprit = self.stuck[result["at"]]
        told = dict(culprit, stack=result["stack"] + culprit["stack"], output=result["output"])
        told.update(durationMs=result["durationMs"], state=result["state"])
        return told

    def read(self, ended):
        """One result from what a child wrote: its own account, or the stack that faulthandler left, or nothing."""
        lines = ended.output.decode("utf-8", "replace").splitlines()
        output = [line[:500] for line in lines[:KEPT_LINES]]
        text = ended.result.decode("utf-8", "surrogateescape")
        states = [line[len("state ") :] for line in text.split("\n") if line.startswith("state [") and line.endswith("]")]
        state = json.loads(states[-1]) if states else None
        account = next((line for line in text.split("\n") if line.startswith("{")), None)
        if account is not None:
            return dict(json.loads(account), output=output, state=state)
        dump = stack_from_dump(text, self.own)
        told = {"exceptions": [], "stack": dump, "symbols": [], "output": output, "state": state}
        told["durationMs"] = 0
        if text.startswith("Timeout (") or "\nTimeout (" in text or ended.overdue:
            told.update(status="timeout", durationMs=round(self.world["timeoutS"] * 1000))
        elif ended.signal_name:
            told.update(status="crashed", signal=ended.signal_name)
        else:
            told.update(status="exited", exitCode=ended.exit_code)
        return told
