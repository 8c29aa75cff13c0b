"""What the client is asked for in these tests, and who asks."""

from bot.deapi.bodies import Clip
from bot.deapi.client import Client
from tests.fakes.deapi import catalog
from tests.fakes.deapi.server import StandIn

AGENT = "Talkie/0.1 (+https://talkie.example)"
CLIP = Clip(
    model=catalog.LTX.slug, prompt="Rain on a roof.", width=512, height=512, frames=49, seed=11
)


async def finished(stand_in: StandIn, client: Client) -> str:
    handle = await client.submit_text(CLIP)
    stand_in.jobs.finish(stand_in.jobs.by_id[handle])
    return handle
