"""Runs a command in a terminal, and types: standard input has its words, its environment, and pairs of what to wait for and what to type."""

import json
import os
import pty
import select
import sys
import time

order = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.execve(order["words"][0], order["words"], order["env"])
screen, keys, until = "", list(order["keys"]), time.monotonic() + 50
while time.monotonic() < until:
    if keys and keys[0] in screen:
        screen += "\n"
        time.sleep(0.2)
        os.write(terminal, keys[1].encode())
        keys = keys[2:]
    ready, _, _ = select.select([terminal], [], [], 0.1)
    if not ready:
        continue
    try:
        seen = os.read(terminal, 65536)
    except OSError:
        break
    if not seen:
        break
    screen += seen.decode(errors="replace")
_, status = os.waitpid(pid, 0)
print(json.dumps({"screen": screen, "code": os.waitstatus_to_exitcode(status)}))
