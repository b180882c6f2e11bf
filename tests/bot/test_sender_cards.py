"""Cards of the staff as the sender brings them: changed where they stand, posted anew, followed where a group goes."""

from __future__ import annotations

from tests.bot.office import Office
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wecom import FakeWeComRobot

GROUP = -100_500


def staffed(telegram: FakeTelegram, **settings: str) -> tuple[Office, int, int]:
    """An office whose store has the group; the store and 王工."""
    telegram.group(GROUP)
    office = Office(telegram, **settings)
    store = office.store(staff_chat=str(GROUP))
    wang = office.crm(lambda crm: crm.staff.add("王工", "advisor", store, telegram="2001").key)
    return office, store, wang


def test_a_taken_card_is_changed_where_it_stands(telegram: FakeTelegram) -> None:
    office, store, wang = staffed(telegram)
    with office:
        task = office.task(store)
        office.sends()
        office.change(task, lambda crm, task: crm.tasks.take(task, wang))
        office.sends()
        (card,) = telegram.group(GROUP).inbox
        assert "王工" in card.text
        assert len(card.edits) == 1


def test_only_the_last_state_of_a_card_is_shown(telegram: FakeTelegram) -> None:
    office, store, wang = staffed(telegram)
    with office:
        task = office.task(store)
        office.change(task, lambda crm, task: crm.tasks.take(task, wang))
        office.change(task, lambda crm, task: crm.tasks.note(task, wang, "called"))
        office.sends()
        assert [len(card.edits) for card in telegram.group(GROUP).inbox] == [0]
        assert sorted(row.state for row in office.rows()) == ["sent", "skipped", "skipped"]


def test_a_card_that_was_deleted_is_posted_anew(telegram: FakeTelegram) -> None:
    office, store, wang = staffed(telegram)
    with office:
        task = office.task(store)
        office.sends()
        telegram.sends[0].deleted = True
        office.change(task, lambda crm, task: crm.tasks.take(task, wang))
        office.sends()
        assert "王工" in telegram.group(GROUP).last.text


def test_a_group_that_became_a_supergroup_is_followed(telegram: FakeTelegram) -> None:
    office, store, _ = staffed(telegram)
    with office:
        moved = telegram.migrate(GROUP, -1_001_234_567_890)
        office.task(store)
        office.sends()
        assert len(moved.inbox) == 1
        assert office.house.database.read(lambda crm: crm.stores.get(store).staff_chat) == str(moved.id)


def test_the_group_of_the_setting_is_followed_too(telegram: FakeTelegram) -> None:
    telegram.group(GROUP)
    with Office(telegram, TELEGRAM_STAFF_CHAT=str(GROUP)) as office:
        store = office.store()
        moved = telegram.migrate(GROUP, -1_001_234_567_890)
        for _ in range(2):
            office.task(store)
            office.sends()
        assert len(moved.inbox) == 2
        assert len(telegram.calls_of("sendMessage")) == 3


def test_on_wecom_a_change_is_a_new_post(telegram: FakeTelegram, robot: FakeWeComRobot) -> None:
    with Office(telegram) as office:
        store = office.store(robot=robot.url)
        wang = office.crm(lambda crm: crm.staff.add("王工", "advisor", store).key)
        task = office.task(store)
        office.sends()
        office.change(task, lambda crm, task: crm.tasks.take(task, wang))
        office.sends()
        first, second = robot.posts
        assert first.msgtype != "text"
        assert "王工" in second.text


def test_a_private_card_shows_whether_the_bot_may_write(telegram: FakeTelegram) -> None:
    office, store, wang = staffed(telegram)
    with office:
        task = office.task(store)
        telegram.user(2001).person.started = True
        office.change(task, lambda crm, task: crm.outbox.queue_private_card("telegram", wang, task))
        office.sends()
        assert office.house.database.read(lambda crm: crm.staff.get(wang).started_bot)
        telegram.block(2001)
        office.change(task, lambda crm, task: crm.outbox.queue_private_card("telegram", wang, task))
        office.sends()
        assert not office.house.database.read(lambda crm: crm.staff.get(wang).started_bot)
