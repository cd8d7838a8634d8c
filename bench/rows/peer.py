"""The list page and the candidate page beside a plain Django portal's, both recorded: in a world of a tenth of the size
and in the whole of it, all in turns. So what disturbs one disturbs each of them."""

from contextlib import ExitStack
from functools import partial

from bench import peer as django
from bench.load import Order, check, load
from bench.run import Run, cookies, in_turns, open_introductions
from bench.table import Row
from bench.times import median, rate
from bench.web import portal
from bench.worlds import Sizes, World, stand

CLIENTS = django.CONNECTIONS
LEAST = {"list": 3.0, "candidate page": 2.0}
MOST_GROWTH = 1.2
LARGEST, ORDINARY = 1, 2  # the companies by their numbers in the world
WHO = {LARGEST: "largest", ORDINARY: "ordinary"}
MARKS = {"list": (b'href="/candidates/', 25), "candidate page": (b' id="outcome"', 1)}  # what is asked for is there


async def measure(run: Run) -> list[Row]:
    """Eight clients on kept-open connections, signed in, of a company of a thousand introductions in either world."""
    tenth = await stand(run.world.cluster, Sizes(run.world.sizes.scale / 10))
    peers = [await django.ready(world, tuple(WHO)) for world in (tenth, run.world)]
    rows: list[Row] = []
    with ExitStack() as running:
        ports = [_served(run, running, peer) for peer in peers]
        for what, least in LEAST.items():
            sides = [await _sides(run, peer, port, what, ORDINARY) for peer, port in zip(peers, ports, strict=True)]
            (small, small_peer), (big, big_peer) = _rates(run, sides)
            rows.append(_beside(what, tenth, small, small_peer, least))
            rows.append(_beside(what, run.world, big, big_peer, least))
            rows.append(_growth(what, tenth, run.world, small, big))
        ((ours, theirs),) = _rates(run, [await _sides(run, peers[1], ports[1], "list", LARGEST)])
        rows.append(_beside("list of the largest company", run.world, ours, theirs))
    return rows


def _served(run: Run, running: ExitStack, peer: django.Peer) -> tuple[int, int]:
    """The ports of the portal and of the peer over the same world."""
    folder = run.folder / peer.database
    folder.mkdir(exist_ok=True)
    ours = run.port if peer.world == run.world else running.enter_context(portal(peer.world, folder))
    return ours, running.enter_context(django.served(peer, folder))


async def _sides(run: Run, peer: django.Peer, ports: tuple[int, int], what: str, company: int) -> tuple[Order, Order]:
    """The same pages, asked of the portal and of the peer."""
    await peer.world.refresh()
    paths = ["/candidates"]
    if what != "list":
        paths = [f"/candidates/{one}" for one in await open_introductions(peer.world, company)]
    ours = Order(ports[0], paths, cookies(WHO[company])[:CLIENTS], CLIENTS, run.seconds)
    theirs = Order(ports[1], paths, peer.cookies[company], CLIENTS, run.seconds)
    for order in (ours, theirs):
        await check(order, *MARKS[what])
    return ours, theirs


def _rates(run: Run, sides: list[tuple[Order, Order]]) -> list[tuple[float, float]]:
    """Pages a second of the portal and of the peer, for each pair of orders, all of them in turns."""
    loads = [partial(load, order) for pair in sides for order in pair]
    found = [median(samples, rate) for samples in in_turns(run, *loads)]
    return list(zip(found[::2], found[1::2], strict=True))


def _beside(what: str, world: World, ours: float, theirs: float, least: float | None = None) -> Row:
    ratio = ours / theirs
    return Row(
        f"{what}, {world.sizes.candidates:,} candidates, beside Django",
        f"{ours:.0f}/s",
        f"Django {theirs:.0f}/s",
        f"{ratio:.2f} ×",
        f"≥ {least:.0f} ×" if least else "",
        ratio >= least if least else None,
    )


def _growth(what: str, small: World, big: World, few: float, many: float) -> Row:
    return Row(
        f"{what}, {big.sizes.candidates:,} candidates beside {small.sizes.candidates:,}",
        f"{many:.0f}/s",
        f"{few:.0f}/s",
        f"{few / many:.2f} ×",
        "≤ 1.2 ×",
        few <= MOST_GROWTH * many,
    )
