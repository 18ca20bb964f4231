"""Which addresses of machines belong to the public internet, by the registries of IANA."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# https://www.iana.org/assignments/iana-ipv4-special-registry, with multicast
CLOSED_4 = [
    ip_network(block)
    for block in [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",  # public by number, but it answers to the machines of one cloud only, with their secrets
    ]
]
# https://www.iana.org/assignments/iana-ipv6-special-registry: the blocks inside the only one that is given out
GIVEN_OUT_6 = ip_network("2000::/3")
CLOSED_6 = [
    ip_network(block)
    for block in [
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    ]  # Teredo, 6to4 among them
]
NAT64 = ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Say whether anybody on the internet could stand at this address; one that cannot be read is not public."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inside = _inside(ip)
        if inside is None:
            return ip.scope_id is None and ip in GIVEN_OUT_6 and not any(ip in block for block in CLOSED_6)
        ip = inside
    return not any(ip in block for block in CLOSED_4)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address to which this one leads, if it does."""
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip.ipv4_mapped or ip in NAT64 else None
