"""What a server allows is asked of commands, menus, forms and buttons alike."""

from dataclasses import replace

import pytest

from storage.belongings import GuildRules
from tests.e2e.asking import two_coloured
from tests.e2e.conftest import LONG_S, WORDS, Town
from tests.e2e.desk import newcomer, place, use
from tests.e2e.results import refusal
from tests.fakes.discord.files import Upload
from tests.fakes.discord.nouns import Role
from tests.fakes.discord.permissions import MEMBER


async def rule(town: Town, **changes: object) -> None:
    assert town.talkie is not None
    guilds = town.talkie.services.guilds

    def change(was: GuildRules) -> GuildRules:
        return replace(was, **changes)  # type: ignore[arg-type]  # tests know the rules

    await guilds.change(town.guild.id, change)


async def test_a_closed_channel_makes_nothing_and_a_thread_counts_as_its_channel(
    town: Town,
) -> None:
    await town.start()
    world = town.discord.world
    studio = world.add_channel(town.guild, "studio")
    thread = world.add_thread(studio, "takes")
    await rule(town, channels=frozenset({studio.id}))
    options: dict[str, str | int] = {"prompt": WORDS, "seconds": 2}
    answer = town.view(await use(town, town.mira, town.channel, "video", options))
    assert f"<#{studio.id}>" in answer.text
    assert answer.is_ephemeral
    for channel in (studio, thread):
        message = await use(town, town.mira, channel, "video", options)
        assert "**Video #" in town.view(message).text
    message = await use(town, town.mira, place(town, "dm"), "video", options)
    assert "**Video #" in town.view(message).text


async def test_a_role_that_is_asked_for_has_to_be_held(town: Town) -> None:
    await town.start()
    role = Role(id=town.guild.id + 5, name="makers", permissions=MEMBER)
    town.guild.roles[role.id] = role
    town.discord.world._announce(
        "GUILD_ROLE_CREATE",
        {"guild_id": str(town.guild.id), "role": role_payload(role)},
        town.guild,
    )
    await rule(town, roles=frozenset({role.id}))
    answer = town.view(await town.slash("video", prompt=WORDS, seconds=2))
    assert f"<@&{role.id}>" in answer.text
    town.guild.roles_of[town.mira.id] = [role.id]
    message = await town.slash("video", prompt=WORDS, seconds=2)
    assert "**Video #" in town.view(message).text


def role_payload(role: Role) -> dict[str, object]:
    return {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 1,
        "permissions": str(int(role.permissions)),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


@pytest.mark.parametrize("menu", ["Make a video", "Make it talk"])
@pytest.mark.parametrize("has_picture", [True, False])
async def test_menus_that_are_off_make_nothing_and_open_no_form(
    town: Town, voice: Upload, menu: str, has_picture: bool
) -> None:
    await town.start()
    await rule(town, menus=False)
    people = town.discord.people
    presser = town.mira if has_picture else newcomer(town)
    note = await people.send_message(town.mira, town.channel, attachments=[voice], is_voice=True)
    used = await people.context_menu(presser, town.channel, menu, note)
    assert "turned the menus off" in await refusal(town, used)
    assert used.modal is None
    message = await town.slash("video", prompt=WORDS, seconds=2)
    assert "**Video #" in town.view(message).text


async def test_the_day_s_videos_of_a_member_are_counted(town: Town) -> None:
    await town.start()
    await rule(town, member_daily=1)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    await town.discord.observer.file(message, LONG_S)
    answer = town.view(await town.slash("video", prompt=WORDS, seconds=2))
    assert "for each member is 1 a day" in answer.text
    await town.let_time_pass(86_400)
    message = await town.slash("video", prompt=WORDS, seconds=2)
    assert "**Video #" in town.view(message).text


async def test_buttons_and_forms_obey_the_rules_of_the_moment(
    town: Town, voice: Upload, portrait: Upload
) -> None:
    await town.start()
    people = town.discord.people
    question = await town.slash(
        "animate", image=two_coloured(), prompt=WORDS, seconds=2, look=True, shape="square"
    )
    note = await people.send_message(town.mira, town.channel, attachments=[voice], is_voice=True)
    noa = newcomer(town)
    asked = await people.context_menu(noa, town.channel, "Make it talk", note)
    await town.discord.observer.modal(asked)
    guide = await town.slash("help")
    opened = await people.click(town.mira, guide, "v1:example:tram")
    await town.discord.observer.modal(opened)
    closed = town.discord.world.add_channel(town.guild, "studio")
    await rule(town, channels=frozenset({closed.id}))
    render = next(
        each.label for each in town.view(question).buttons if each.label.startswith("Render")
    )
    for pressed in (
        await people.click(town.mira, question, render),
        await people.submit_modal(noa, asked, {"picture": [portrait]}),
        await people.submit_modal(town.mira, opened, {}),
    ):
        assert f"<#{closed.id}>" in await refusal(town, pressed)
    assert await town.rows("SELECT id FROM job") == []
