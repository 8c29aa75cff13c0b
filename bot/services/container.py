"""The bundle of services that cogs, the demonstration and the web receive."""

from dataclasses import dataclass

from bot.services.again import Again
from bot.services.broom import Broom
from bot.services.claims import Claims
from bot.services.composing import Composing
from bot.services.credits import Credits
from bot.services.delivery import Deliveries
from bot.services.directions import Directions
from bot.services.errands import Errands
from bot.services.estimates import Estimates
from bot.services.events import Bus
from bot.services.facts import Facts
from bot.services.gallery import Gallery
from bot.services.guilds import Guilds
from bot.services.hooks import Hooks
from bot.services.intake import Intake
from bot.services.jobs import Jobs
from bot.services.notices import Notices
from bot.services.nudges import Nudges
from bot.services.pauses import Pauses
from bot.services.pings import Pings
from bot.services.portraits import Portraits
from bot.services.precedence import Precedence
from bot.services.preferences import Preferences
from bot.services.privacy import Privacy
from bot.services.promises import Promises
from bot.services.pulse import Pulse
from bot.services.quotes import Quotes
from bot.services.recall import Recall
from bot.services.reception import Reception
from bot.services.removal import Removal
from bot.services.reports import Reports
from bot.services.retention import Retention
from bot.services.submission import Submission
from bot.services.tidying import Tidying
from bot.services.times import Times
from bot.services.turns import Turnstile
from bot.services.versions import Versions
from bot.services.videos import Videos
from bot.services.voices import Voices
from bot.services.waiting import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that can be asked of the product."""

    again: Again
    intake: Intake
    submission: Submission
    jobs: Jobs
    credits: Credits
    deliveries: Deliveries
    broom: Broom
    claims: Claims
    composing: Composing
    pings: Pings
    tidying: Tidying
    notices: Notices
    errands: Errands
    facts: Facts
    bus: Bus
    gallery: Gallery
    guilds: Guilds
    hooks: Hooks
    nudges: Nudges
    pauses: Pauses
    portraits: Portraits
    precedence: Precedence
    preferences: Preferences
    privacy: Privacy
    promises: Promises
    quotes: Quotes
    recall: Recall
    reception: Reception
    removal: Removal
    pulse: Pulse
    times: Times
    estimates: Estimates
    reports: Reports
    retention: Retention
    turns: Turnstile
    """Who writes on a job's message passes by its number; what to write is looked up inside."""
    versions: Versions
    videos: Videos
    voices: Voices
    waiting: Waiting
    directions: Directions
