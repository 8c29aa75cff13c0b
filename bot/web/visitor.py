"""Who a visitor is, as far as limits are concerned: an address, or a network of IPv6."""

import functools
import ipaddress
from ipaddress import IPv4Address, IPv6Address

from aiohttp import web

_MOST_HOPS = 20
_HOME_BITS = 64
"""What one household or server usually gets of IPv6."""


def name_of(request: web.Request, *, behind_proxy: bool) -> str:
    """The visitor's address; what a proxy says of it counts only if the proxy stands near us.

    Each proxy adds whom it saw at the end of X-Forwarded-For, so the last address from outside
    is the visitor's; everything before it can be made up.
    """
    seen = _address(request.remote or "")
    if behind_proxy and seen is not None and _is_near(seen):
        hops = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
        for hop in reversed(hops[-_MOST_HOPS:]):
            address = _address(hop.strip())
            if address is None:
                break
            seen = address
            if not _is_near(address):
                break
    return _name(seen)


@functools.lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _is_near(address: IPv4Address | IPv6Address) -> bool:
    return address.is_loopback or address.is_private or address.is_link_local


def _name(address: IPv4Address | IPv6Address | None) -> str:
    if isinstance(address, IPv6Address) and not address.is_loopback:
        return str(ipaddress.ip_network((address, _HOME_BITS), strict=False))
    return str(address)
