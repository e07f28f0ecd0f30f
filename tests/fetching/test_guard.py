"""Which addresses are fetched from: public ones, however others are spelt."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.addresses import is_address, masked, plain
from kg.errors import FetchError, SourceError
from kg.fetching.fetch import Fetcher, Manners
from kg.fetching.guard import is_public

PRIVATE = """
http://127.0.0.1/ http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.1/ http://0177.0.0.1/
http://017700000001/ http://0/ http://0.0.0.0/ http://10.1.2.3/ http://172.16.0.1/ http://192.168.1.1/ http://3232235777/
http://169.254.169.254/latest/meta-data/ http://100.64.0.1/ http://192.0.0.1/ http://198.18.0.1/ http://224.0.0.1/
http://240.0.0.1/ http://255.255.255.255/ http://localhost/ http://LOCALHOST/ http://localhost:8080/ http://[::1]/
http://[::]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/
http://[2002:7f00:1::]/ http://[2001::1]/ http://[fe80::1]/ http://[fc00::1]/ http://[fec0::1]/ http://[ff02::1]/
http://[0:0:0:0:0:0:0:1]/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://127.0.0.1:80/ https://127.0.0.1/ http://127.0.0.1./
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_refused_however_it_is_spelt(address: str) -> None:
    fetcher = Fetcher(Manners(delay=0.0, seconds=5.0))
    with pytest.raises(FetchError, match=r"is not a public address|cannot be found"):
        fetcher.get(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_public_address_is_public(address: str) -> None:
    assert is_public(address)


NETWORKS = [
    ipaddress.ip_network(network)
    for network in "10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/4 0.0.0.0/8".split()
]


@given(st.sampled_from(NETWORKS).flatmap(lambda network: st.ip_addresses(network=network)))
def test_private_network_stays_private_inside_addresses_of_ipv6(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wrapped = [
        f"::ffff:{address}",
        f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::",
    ]
    assert not any(map(is_public, [str(address), *wrapped]))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("HTTPS://Wire.Example:443/News/A?b=1&a=2#top", "https://wire.example/News/A?b=1&a=2"),
        ("http://wire.example", "http://wire.example/"),
        ("http://wire.example:8080?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "http://wire.example:8080/?id=7"),
        ("https://wire.example/a?utm_source=x", "https://wire.example/a"),
        ("https://bücher.example/ä b?q=ö", "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%B6"),
        ("https://wire.example/a%20b?q=a%26b", "https://wire.example/a%20b?q=a%26b"),
        ("http://[2606:4700::1111]:81/a", "http://[2606:4700::1111]:81/a"),
        ("  https://wire.example/a  ", "https://wire.example/a"),
    ],
)
def test_address_has_one_form(name: str, told: str) -> None:
    assert is_address(name)
    assert plain(name) == told
    assert plain(told) == told


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ftp://wire.example/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("https:///a", "names no host"),
        ("https://user:word@wire.example/", "a user or a password"),
        ("https://wire.example:port/", "no address"),
        ("https://[::1/", "no address"),
        (f"https://{'a' * 70}.example/", "no address"),
    ],
)
def test_what_is_no_address_to_fetch_from_is_refused(name: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        plain(name)


def test_password_is_not_shown() -> None:
    assert masked("https://user:word@wire.example/@me") == "https://wire.example/@me"


@pytest.mark.parametrize("name", ["a.txt", "news/https", "C:\\news", "-", "http:/a"])
def test_files_are_no_addresses(name: str) -> None:
    assert not is_address(name)


@given(st.text() | st.text(alphabet="htps:/.@[]%?&#=\ud800\0a1 -\\").map("http://".__add__))
def test_every_text_has_one_form_or_is_refused(name: str) -> None:
    try:
        told = plain(name)
    except SourceError:
        return
    assert told.isascii()
    assert plain(told) == told
