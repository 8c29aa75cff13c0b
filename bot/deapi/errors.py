"""What can go wrong with deAPI: one class for each thing a caller does differently.

DeapiError
├── Transient           reading again may help; a submit that raises one of these did not start
│   ├── Unreachable     no connection came about: nothing was sent
│   ├── NoAnswer        a read was sent and not answered in full
│   ├── RateLimited     refused for now; says for how long
│   └── ServerError     a read was answered with a 5xx
├── Ambiguous           a submit may have arrived: it must not be sent again
├── AccessError         the account or this client is not let in
│   ├── BadKey          the key is not accepted
│   ├── Suspended       the account is closed
│   ├── Blocked         a wall in front of deAPI refused this client, whatever its key
│   └── ChannelRefused  the socket does not let this client listen to its channel
├── NotFound            no such job or route
├── Invalid             refused, with the reasons by field; the same request is refused again
│   └── OutOfFunds      the balance does not cover it
├── TooLarge            a request or a result above the limit
├── LinkExpired         a result's link is too old: ask the job for a fresh one
├── UnsafeLink          a result's link leads somewhere no result may lie
└── BadResponse         an answer that cannot be understood

No message holds the key or a signed link.
"""


class DeapiError(Exception):
    """Anything that went wrong with deAPI; the text is for logs."""


class Transient(DeapiError):
    """Nothing has happened; trying again later may help."""


class Unreachable(Transient):
    """No connection came about, so nothing was sent."""


class NoAnswer(Transient):
    """A read was sent, and its answer did not come in full or in time."""


class RateLimited(Transient):
    """Too many requests: wait this long. `daily` says that the day's allowance is used up."""

    def __init__(self, retry_after_s: float, *, daily: bool) -> None:
        super().__init__(f"rate limited ({'day' if daily else 'minute'}), {retry_after_s:.0f} s")
        self.retry_after_s = retry_after_s
        self.daily = daily


class ServerError(Transient):
    """A read was answered with a 5xx status."""


class Ambiguous(DeapiError):
    """Bytes of a submit may have arrived; whether a job was started is not known."""


class AccessError(DeapiError):
    """The account or this client is not let in; the same request would do no better."""


class BadKey(AccessError):
    """The API key is not accepted."""


class Suspended(AccessError):
    """The account may not use the API."""


class Blocked(AccessError):
    """Something in front of deAPI refused this client; the key was not looked at."""


class ChannelRefused(AccessError):
    """The socket does not let this client listen: a wrong client id, as a rule."""


class NotFound(DeapiError):
    """deAPI knows no such job or route."""


class Invalid(DeapiError):
    """The request was refused; `fields` has the reasons by field and may be empty."""

    def __init__(self, message: str, fields: dict[str, list[str]]) -> None:
        super().__init__(message)
        self.fields = fields


class OutOfFunds(Invalid):
    """The account's balance does not cover the request."""


class TooLarge(DeapiError):
    """A request or a result is above the limit."""


class LinkExpired(DeapiError):
    """The link of a result is not valid (any more); the job gives a fresh one."""


class UnsafeLink(DeapiError):
    """The link of a result is not https, or leads to an address of a private network."""


class BadResponse(DeapiError):
    """The answer could not be understood."""
