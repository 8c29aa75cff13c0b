"""What one setting may be: each function answers the value, or raises ValueError."""

import ipaddress
from urllib.parse import urlsplit

from pydantic import SecretStr


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def origin(url: str) -> str:
    """An http(s) origin without a path; plain http on this machine only."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError("give an origin such as https://talkie.example.com")
    if parts.port == 0:  # reading it raises ValueError for what is no port at all
        raise ValueError("give a port from 1 to 65535")
    if parts.path.rstrip("/") or parts.query or parts.fragment:
        raise ValueError("give the origin only, without a path")
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError("plain http is for this machine only; use https")
    return url.rstrip("/")


def loopback_http(url: str) -> str:
    """A stand-in's API on this machine."""
    if urlsplit(url).scheme not in {"http", "https"} or not is_loopback(url):
        raise ValueError("only an address of this machine is taken here")
    if not url.rstrip("/").endswith("/api/v10"):
        raise ValueError("end it with /api/v10")
    return url.rstrip("/")


def loopback_socket(url: str) -> str:
    """A stand-in's gateway on this machine."""
    if urlsplit(url).scheme not in {"ws", "wss"} or not is_loopback(url):
        raise ValueError("only a ws:// address of this machine is taken here")
    return url


def socket(url: str) -> str:
    """A ws(s) address; plain ws on this machine only."""
    parts = urlsplit(url)
    if parts.scheme not in {"ws", "wss"} or not parts.hostname or "@" in parts.netloc:
        raise ValueError("give a socket address such as wss://soketi.deapi.ai/app/the-app-key")
    if parts.scheme == "ws" and not is_loopback(url):
        raise ValueError("plain ws is for this machine only; use wss")
    return url


def secret(secret: SecretStr) -> SecretStr:
    """One word, without the blanks that copying leaves around it."""
    word = secret.get_secret_value().strip()
    if not word.isascii() or not word.isprintable() or " " in word:
        raise ValueError("is not one word of plain letters and signs: copy it again, alone")
    return SecretStr(word)


def sqlite(url: str) -> str:
    """The address of a SQLite file."""
    if not url.startswith("sqlite:///") or len(url) == len("sqlite:///"):
        raise ValueError("this version keeps its data in SQLite: sqlite:///path/to/talkie.db")
    return url
