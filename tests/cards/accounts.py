"""What /privacy says of a member of whom much is kept, and of one of whom nothing is."""

from bot.services.privacy import Account
from cogs.ui import privacy
from cogs.ui.frame import Card
from storage.belongings import Holdings


def cards_by_name() -> dict[str, Card]:
    return {
        "privacy": privacy.card(
            Account(
                holdings=Holdings(
                    videos=12,
                    prompts=14,
                    pictures=9,
                    sounds=1,
                    lines=1,
                    versions=2,
                    rewritings=1,
                    drafts=1,
                    portraits=2,
                    shares=3,
                    votes=1,
                    settings=1,
                    receipts=29,
                ),
                is_local=False,
                has_pages=True,
            )
        ),
        "privacy-nothing": privacy.card(
            Account(holdings=Holdings(), is_local=True, has_pages=False)
        ),
    }
