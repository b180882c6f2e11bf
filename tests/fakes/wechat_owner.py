"""An owner in WeChat: what they do becomes a sealed request, what they see lands in their inbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.wechat_request import Attempt, PassiveReply, Value, WeChatRequest
from tests.fakes.wechat_state import Said

if TYPE_CHECKING:
    from tests.fakes.wechat import FakeWeChat

What = str | Callable[[Said], Any] | None


class Status(int):
    """The HTTP status of the last attempt; 0 = refused, cut or not within five seconds."""

    request: WeChatRequest
    reply: PassiveReply | None
    attempts: list[Attempt]

    def __new__(cls, request: WeChatRequest, attempts: list[Attempt], reply: PassiveReply | None = None) -> Status:
        last = attempts[-1]
        status = super().__new__(cls, last.answer.status if last.in_time else 0)
        status.request, status.attempts, status.reply = request, attempts, reply
        return status


class Inbox(list[Said]):
    """Messages, oldest first."""

    @property
    def last(self) -> Said:
        assert self, "the account has not written here"
        return self[-1]

    @property
    def texts(self) -> list[str]:
        return [said.text for said in self]


class FakeOwner:
    """A person who follows the account, or not yet."""

    def __init__(self, wechat: FakeWeChat, openid: str) -> None:
        self.wechat = wechat
        self.openid = openid
        self._seen = 0

    # --- what they see ----------------------------------------------------------------------------

    @property
    def inbox(self) -> Inbox:
        """Passive replies, customer-service messages and templates in the order of their coming."""
        with self.wechat.watch.looking:
            return Inbox(self.wechat.state.seen_by[self.openid])

    @property
    def quota(self) -> int:
        """Customer-service messages that may still be sent to them now."""
        return self.wechat.state.window(self.openid).left(self.wechat.state.now())

    def waits_for(self, what: What = None, timeout: float = 10.0) -> Said:
        """The first message since they last did something that has the text."""

        def found() -> Said | None:
            return next((said for said in self.inbox[self._seen :] if _fits(said, what)), None)

        said = self.wechat.wait_for(found, timeout, f"{what!r} to {self.openid}")
        assert said is not None
        return said

    def asks(self, text: str, timeout: float = 10.0) -> Said:
        """Say it and give back the first answer."""
        self.says(text)
        return self.waits_for(None, timeout)

    # --- what they do -----------------------------------------------------------------------------

    def says(self, text: str, like_the_platform: bool = False) -> Status:
        """`like_the_platform`: up to three attempts while no answer comes within five seconds."""
        return self._sends({"MsgType": "text", "Content": text}, like_the_platform)

    def picks(self, label: str) -> Status:
        """A choice of the latest message by a part of its label: tapped in a menu, typed from a list."""
        for said in reversed(self.inbox):
            for number, shown in said.choices:
                if label in shown:
                    return self.chooses(number, shown) if said.msgtype == "msgmenu" else self.says(number)
            if said.choices:
                raise AssertionError(f"no choice {label!r}, only {said.labels}")
        raise AssertionError(f"nothing to choose in {self.inbox.texts}")

    def chooses(self, menu_id: str, label: str) -> Status:
        """A tap in a msgmenu: a text with the id, which counts as a menu tap for the window."""
        return self._sends({"MsgType": "text", "Content": label, "bizmsgmenuid": str(menu_id)}, opens="menu")

    def follows(self, scene: str | None = None) -> Status:
        """`scene`: of the QR code that they scanned to follow."""
        with self.wechat.watch:
            self.wechat.state.followers.add(self.openid)
        extra: dict[str, Value] = {} if scene is None else {"EventKey": f"qrscene_{scene}", "Ticket": "gQH_TICKET"}
        return self._event("subscribe", {"EventKey": "", **extra}, opens="follow")

    def unfollows(self) -> Status:
        with self.wechat.watch:
            self.wechat.state.followers.discard(self.openid)
            self.wechat.state.window(self.openid).close()
        return self._event("unsubscribe", {"EventKey": ""})

    def scans(self, scene: str) -> Status:
        return self._event("SCAN", {"EventKey": scene, "Ticket": "gQH_TICKET"}, opens="scan")

    def taps_menu(self, key: str) -> Status:
        return self._event("CLICK", {"EventKey": key}, opens="menu")

    def views(self, url: str) -> Status:
        """A menu entry that opens a page: no window."""
        return self._event("VIEW", {"EventKey": url})

    def sends_image(self, picture: bytes = b"\xff\xd8\xff\xe0 a picture") -> Status:
        media_id = self._keeps("image", picture)
        return self._sends({"MsgType": "image", "PicUrl": "http://mmbiz.qpic.cn/invented/0", "MediaId": media_id})

    def sends_voice(self, recognition: str | None = None, sound: bytes = b"#!AMR a voice") -> Status:
        media_id = self._keeps("voice", sound)
        words: dict[str, Value] = {} if recognition is None else {"Recognition": recognition}
        return self._sends({"MsgType": "voice", "MediaId": media_id, "Format": "amr", **words})

    def sends_location(self, latitude: float = 22.5333, longitude: float = 113.9304) -> Status:
        place: dict[str, Value] = {"Location_X": latitude, "Location_Y": longitude, "Scale": 15}
        return self._sends({"MsgType": "location", **place, "Label": "深圳市南山区科技园"})

    def sends_unknown(self, msgtype: str = "hologram") -> Status:
        return self._sends({"MsgType": msgtype, "Hologram": "a kind to come"})

    def sends(self, fields: dict[str, Value]) -> Status:
        """A message of any fields."""
        return self._sends(fields)

    def event(self, name: str, fields: dict[str, Value] | None = None) -> Status:
        """An event of any name and fields; it opens no window."""
        return self._event(name, fields or {})

    def template_receipt(self, msgid: int, status: str = "success") -> Status:
        """`success`, `failed:user block` or `failed: system failed`."""
        return self._event("TEMPLATESENDJOBFINISH", {"MsgID": msgid, "Status": status})

    def accepts(self, *templates: str) -> Status:
        """One notification of each of those templates is accepted in the page's pop-up."""
        with self.wechat.watch:
            for template in templates:
                key = (self.openid, template)
                self.wechat.state.accepts[key] = self.wechat.state.accepts.get(key, 0) + 1
        return self._popup("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", templates, "accept")

    def declines(self, *templates: str) -> Status:
        """The pop-up is closed by 取消; what was accepted before stays with the platform."""
        return self._popup("subscribe_msg_popup_event", "SubscribeMsgPopupEvent", templates, "reject")

    def refuses(self, template: str) -> Status:
        """They switch it off in the account's settings."""
        with self.wechat.watch:
            self.wechat.state.accepts[self.openid, template] = 0
        return self._popup("subscribe_msg_change_event", "SubscribeMsgChangeEvent", (template,), "reject")

    def prepares(self, text: str) -> WeChatRequest:
        """A sealed text that is not sent yet, to be tampered with: `wechat.post(request)`."""
        return self.wechat.seal(self.openid, {"MsgType": "text", "Content": text}, with_id=True)

    # --- inside -----------------------------------------------------------------------------------

    def _sends(self, fields: dict[str, Value], like_the_platform: bool = False, opens: str = "message") -> Status:
        return self._goes(self.wechat.seal(self.openid, fields, with_id=True), opens, like_the_platform)

    def _event(self, name: str, fields: dict[str, Value], opens: str | None = None) -> Status:
        event: dict[str, Value] = {"MsgType": "event", "Event": name}
        return self._goes(self.wechat.seal(self.openid, event | fields, with_id=False), opens)

    def _goes(self, request: WeChatRequest, opens: str | None, like_the_platform: bool = False) -> Status:
        state = self.wechat.state
        with self.wechat.watch:
            state.known.add(self.openid)
            self._seen = len(self.inbox)
            if opens:
                state.window(self.openid).opened_by(opens, state.now())
        return self.wechat.post(request, attempts=3 if like_the_platform else 1)

    def _popup(self, name: str, element: str, templates: Sequence[str], status: str) -> Status:
        answers: list[Value] = [{"TemplateId": one, "SubscribeStatusString": status} for one in templates]
        return self._event(name, {element: {"List": answers}})

    def _keeps(self, kind: str, content: bytes) -> str:
        with self.wechat.watch:
            media_id = f"MEDIA_{len(self.wechat.state.media):04d}_{kind}"
            self.wechat.state.media[media_id] = content
        return media_id


def _fits(said: Said, what: What) -> bool:
    if what is None:
        return True
    return what in said.text if isinstance(what, str) else bool(what(said))
