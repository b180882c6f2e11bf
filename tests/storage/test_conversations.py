"""Talks: one turn at a time, and what WeChat still lets us send."""

from datetime import timedelta

from core.messages import Inbound, Kind
from handlers import receive
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import meanwhile, together, transaction


def said(key: str, text: str = "你好", account: str = "follower") -> Inbound:
    return Inbound("wechat", key, account, Kind.TEXT, text=text, raw=b"<xml/>")


def test_two_turns_of_one_talk_come_one_after_the_other(postgres_shop: Shop) -> None:
    postgres_shop.do(lambda crm: crm.conversations.locked("web", "李明").id)
    with transaction(postgres_shop) as crm:
        talk = crm.conversations.locked("web", "李明")
        talk.state, talk.window_left = b"first", 4
        crm.conversations.save(talk)
        second = meanwhile(postgres_shop, lambda other: other.conversations.locked("web", "李明"))
    talk = second.result(20)
    assert (talk.state, talk.window_left) == (b"first", 4)


def test_a_turn_that_had_to_wait_knows_whom_the_first_one_made(postgres_shop: Shop) -> None:
    postgres_shop.do(lambda crm: crm.conversations.locked("web", "李明").id)
    with transaction(postgres_shop) as crm:
        talk = crm.conversations.locked("web", "李明")
        owner = crm.owners.add("李明", status="provisional")
        crm.identities.get(talk.identity_id).owner_id = owner.key
        crm.session.flush()
        number = owner.key
        crm.conversations.save(talk)
        second = meanwhile(postgres_shop, lambda other: other.conversations.locked("web", "李明").owner_id)
    assert second.result(20) == number


def test_twenty_first_messages_at_once_begin_one_talk_with_one_owner(shop: Shop) -> None:
    words = ["我要保养", "粤B12345", "明天上午10点", "跳过"] * 5
    heard = together(shop, [lambda crm, k=k, w=w: receive(crm, said(f"k{k}", w)) for k, w in enumerate(words)])  # type: ignore[misc]
    assert [answer for answer in heard if isinstance(answer, Exception)] == []
    talk = shop.do(lambda crm: crm.conversations.locked("wechat", "follower"))
    assert len(shop.ask(lambda crm: crm.messages.of_conversation(talk.id))) == 20
    assert shop.verbs().count("owner.added") <= 1


def test_strangers_who_write_at_once_each_get_a_talk(shop: Shop) -> None:
    heard = together(shop, [lambda crm, n=n: receive(crm, said("k", account=f"a{n}")) for n in range(10)])  # type: ignore[misc]
    assert sum(getattr(answer, "repeated", True) is False for answer in heard) == 1  # keys are the channel's own
    talks = {shop.do(lambda crm, n=n: crm.conversations.locked("wechat", f"a{n}").id) for n in range(10)}  # type: ignore[misc]
    assert len(talks) == 10


def test_two_owners_who_name_the_same_new_car_at_once_mean_one_car(shop: Shop) -> None:
    for name in ("李明", "王芳"):
        person = shop.stranger(name)
        for sentence in ("我要保养", "粤B66666", "明天上午10点", "跳过"):
            person.says(sentence)
    sure = [Inbound("web", f"yes-{name}", name, Kind.TEXT, text="确认", raw=b"{}") for name in ("李明", "王芳")]
    together(shop, [lambda crm, one=one: receive(crm, one) for one in sure])  # type: ignore[misc]
    assert [plate for _, plate, _ in shop.appointments] == ["粤B66666", "粤B66666"]
    assert shop.verbs().count("vehicle.added") == 1
    assert len(shop.cards("link_proposal")) == 1


def opened(shop: Shop, left: int) -> int:
    def change(crm: Crm) -> int:
        talk = crm.conversations.locked("wechat", "follower")
        talk.window_left, talk.window_until = left, crm.now + timedelta(hours=1)
        crm.conversations.save(talk)
        return talk.id

    return shop.do(change)


def test_twenty_senders_take_no_more_than_the_window_holds(shop: Shop) -> None:
    number = opened(shop, 5)
    taken = together(shop, [lambda crm: crm.conversations.use_window(number)] * 20)
    assert taken.count(True) == 5
    assert shop.ask(lambda crm: crm.conversations.get(number).window_left) == 0


def test_a_closed_window_lets_nothing_through(shop: Shop) -> None:
    number = opened(shop, 5)
    shop.time_is("2026-11-23 11:00")
    assert not shop.do(lambda crm: crm.conversations.use_window(number))
    number = opened(shop, 5)
    shop.do(lambda crm: crm.conversations.close_window(number))
    assert not shop.do(lambda crm: crm.conversations.use_window(number))
