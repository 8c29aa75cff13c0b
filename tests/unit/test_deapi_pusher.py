import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deapi import pusher
from bot.deapi.pusher import Complaint, Denied, Greeting, Noise, Subscribed

CHANNEL = "private-client.42"


@pytest.mark.parametrize(
    ("frame", "meaning"),
    [
        (
            {"event": "pusher:connection_established", "data": '{"socket_id":"1.2"}'},
            Greeting(socket_id="1.2", activity_s=30),
        ),
        (
            {
                "event": "pusher:connection_established",
                "data": {"socket_id": "1.2", "activity_timeout": 0.5},
            },
            Greeting(socket_id="1.2", activity_s=30),
        ),
        (
            {
                "event": "pusher:connection_established",
                "data": {"socket_id": "1.2", "activity_timeout": 1},
            },
            Greeting(socket_id="1.2", activity_s=5),
        ),
        ({"event": "pusher_internal:subscription_succeeded", "channel": CHANNEL}, Subscribed()),
        ({"event": "pusher_internal:subscription_succeeded", "channel": "other"}, Noise()),
        ({"event": "pusher:subscription_error", "channel": CHANNEL}, Denied()),
        ({"event": "pusher:error", "data": {"code": None, "message": "m"}}, Complaint(0)),
        ({"event": "pusher:error", "data": '{"code":"4200"}'}, Complaint(4200)),
    ],
)
def test_each_frame_has_its_meaning(frame: dict[str, object], meaning: pusher.Frame) -> None:
    assert pusher.read(json.dumps(frame), CHANNEL) == meaning


@given(
    st.text(max_size=200)
    | st.fixed_dictionaries({
        "event": st.sampled_from([
            "pusher:connection_established", "pusher:error", "request.status.updated",
            "pusher:subscription_error", "other",
        ]),
        "channel": st.just(CHANNEL) | st.text(max_size=5),
        "data": st.text(max_size=40) | st.none() | st.dictionaries(
            st.sampled_from(["request_id", "status", "progress", "code", "socket_id"]),
            st.none() | st.text(max_size=10) | st.integers() | st.floats() | st.lists(st.none()),
        ),
    }).map(json.dumps)
)  # fmt: skip
def test_no_frame_raises(text: str) -> None:
    assert pusher.read(text, CHANNEL) is not None
