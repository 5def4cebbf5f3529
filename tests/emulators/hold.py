"""Runs a module until stdin closes, so that an emulator never outlives the test that started it."""

import os
import runpy
import sys
import threading


def watch():
    while os.read(0, 1):
        pass
    os._exit(0)


threading.Thread(target=watch, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
