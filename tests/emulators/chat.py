"""Chat services behind a proxy on a local port: prints its URL, then each request (host, path, body) as a line of JSON.

usage: chat.py CA_FILE
"""

import datetime
import json
import os
import socket
import ssl
import sys
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.timezone.utc)
PEM = serialization.Encoding.PEM


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, extension):
    days = datetime.timedelta(days=2)
    builder = x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer)).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(NOW - days).not_valid_after(NOW + days)
    return builder.add_extension(extension, critical=False).sign(issuer_key, hashes.SHA256())


def line(stream):
    return stream.readline().decode().strip()


def headers(stream):
    found = {}
    while text := line(stream):
        key, value = text.split(":", 1)
        found[key.lower()] = value.strip()
    return found


def context(host, ca_key):
    key = ec.generate_private_key(ec.SECP256R1())
    own = certificate(host, key, "test", ca_key, x509.SubjectAlternativeName([x509.DNSName(host)]))
    private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(private + own.public_bytes(PEM))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(file.name)
    os.unlink(file.name)
    return made


def serve(connection, ca_key):
    plain = connection.makefile("rb", buffering=0)
    host = line(plain).split(" ")[1].split(":")[0]
    headers(plain)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    with context(host, ca_key).wrap_socket(connection, server_side=True) as secure:
        stream = secure.makefile("rb")
        path = line(stream).split(" ")[1]
        body = stream.read(int(headers(stream)["content-length"]))
        print(json.dumps({"host": host, "path": path, "body": json.loads(body)}), flush=True)
        secure.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")


def main():
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca = certificate("test", ca_key, "test", ca_key, x509.BasicConstraints(ca=True, path_length=None))
    with open(sys.argv[1], "wb") as file:
        file.write(ca.public_bytes(PEM))
    listener = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"url": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)
    while True:
        connection, _ = listener.accept()
        try:
            serve(connection, ca_key)
        except (OSError, IndexError, ssl.SSLError) as error:
            print(error, file=sys.stderr, flush=True)


main()
