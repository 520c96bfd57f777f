"""A receiver of messages on the loopback for scripts/bench-campaigns: takes all of them.

Prints its port, and appends a line to the file of its argument for each message: the time and the channel.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Taking(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        taken.write(f"{time.time():.3f} {body.get('channel', 'UNKNOWN')}\n")
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments):
        """Nothing but the file."""


with open(sys.argv[1], "a", buffering=1) as taken:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    print(server.server_port, flush=True)
    server.serve_forever()
