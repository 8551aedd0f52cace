"""Runs a program on a screen of its own and uses it as a screen reader does: it reads names and presses what has one.

Usage: dbus-run-session -- press.py PROGRAM [ARG ...]     with one step a line on the standard input:
    see TEXT      waits until something is on the screen whose role, name and states, as printed, contain TEXT
    press TEXT    waits likewise for something that can be pressed, and presses it
    start ARG ...    starts the program once more with these words behind its `--data DIR`, waits until it ends and prints `ended CODE`
    end              waits until the program ends by itself and prints `ended CODE`
    windows          prints `windows N`: how many programs show something on this screen
Prints `saw …` or `pressed …` with role, 'name' and [states]; daemons may print lines of their own between. At the first step that does not come true in time it
prints everything on the screen and ends with 1. Debian: xvfb at-spi2-core python3-pyatspi gir1.2-atspi-2.0
"""
import os
import shlex
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Gio, GLib

LIMIT_SECS = 60
PAUSE_SECS = 0.05
STATES = ("focused", "checked", "selected", "expanded")


def start_screen():
    """It says its number when it is ready."""
    said, tell = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1100x760x24", "-nolisten", "tcp"],
        pass_fds=[tell],
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(said) as number:
        os.environ["DISPLAY"] = ":" + number.readline().strip()
    return screen


def turn_on_accessibility():
    """What a screen reader does at its start; programs put themselves on the bus when they see it."""
    wish = GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True)))
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", wish, None, 0, -1, None
    )


def below(thing):
    if thing is None:
        # It went away between the count and the asking.
        return
    yield thing
    for index in range(thing.childCount):
        yield from below(thing.getChildAtIndex(index))


def described(thing, pyatspi):
    states = [pyatspi.stateToString(state) for state in thing.getState().getStates()]
    shown = [state for state in STATES if state in states]
    if "enabled" not in states:
        shown.append("disabled")
    return " ".join([thing.getRoleName(), repr(thing.name)] + (["[%s]" % " ".join(shown)] if shown else []))


def can_be_pressed(thing, pyatspi):
    try:
        return "Action" in pyatspi.listInterfaces(thing) and thing.getState().contains(pyatspi.STATE_ENABLED)
    except GLib.Error:
        # It went away after it was described.
        return False


class Window:
    def __init__(self, program, pyatspi):
        self.program = program
        self.pyatspi = pyatspi

    def things(self):
        """All that is on the screen now, each with its description. What goes away meanwhile is left out."""
        for application in self.pyatspi.Registry.getDesktop(0):
            if application is None or application.get_process_id() != self.program.pid:
                continue
            found = below(application)
            while True:
                try:
                    thing = next(found)
                    yield thing, described(thing, self.pyatspi)
                except (StopIteration, GLib.Error, LookupError):
                    break

    def wait_for(self, text, is_wanted):
        """The bus has no call that waits for a text, so it is asked again and again, up to the limit."""
        until = time.monotonic() + LIMIT_SECS
        while time.monotonic() < until and self.program.poll() is None:
            for thing, line in self.things():
                if text in line and is_wanted(thing):
                    return thing, line
            time.sleep(PAUSE_SECS)
        return None

    def take(self, step):
        verb, _, text = step.partition(" ")
        if verb == "start":
            again = self.program.args[:3] + shlex.split(text)
            print("ended", subprocess.run(again, stdin=subprocess.DEVNULL, timeout=LIMIT_SECS).returncode, flush=True)
            return True
        if verb == "end":
            print("ended", self.program.wait(timeout=LIMIT_SECS), flush=True)
            return True
        if verb == "windows":
            shown = [application for application in self.pyatspi.Registry.getDesktop(0) if application is not None]
            print("windows", len([application for application in shown if application.childCount > 0]), flush=True)
            return True
        if verb == "see":
            found = self.wait_for(text, lambda thing: True)
        elif verb == "press":
            found = self.wait_for(text, lambda thing: can_be_pressed(thing, self.pyatspi))
        else:
            sys.exit("no such step: " + step)
        if found is None:
            return False
        thing, line = found
        if verb == "press":
            thing.queryAction().doAction(0)
        print("pressed" if verb == "press" else "saw", line, flush=True)
        return True


def main():
    screen = start_screen()
    program = None
    try:
        turn_on_accessibility()
        # It looks for the bus when it is read.
        import pyatspi

        program = subprocess.Popen(sys.argv[1:])
        window = Window(program, pyatspi)
        for step in sys.stdin.read().splitlines():
            if not window.take(step):
                print("never came: %s\nprogram: %s, on the screen:" % (step, program.poll()))
                print("\n".join(line for _, line in window.things()))
                return 1
        return 0
    finally:
        for child in (program, screen):
            if child is not None:
                child.terminate()
                child.wait()


sys.exit(main())
