"""The advisor reads on an owner's page whether they will come back."""

from __future__ import annotations

import pytest

from console.looks import rendered
from console.views import owner_page
from core.say.page import PageSay
from tests.chat import Shop
from tests.storage.extra import a_prediction


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "一年内 80%，下次约 2026 年 11 月 23 日"), ("en", "80% within a year, next about 23 Nov 2026")],
)
def test_the_page_tells_what_is_foretold(shop: Shop, language: str, words: str) -> None:
    owner, wang = shop.do(lambda crm: crm.owners.add("李明", store_id=1).key), shop.advisor("王工")
    assert words not in page(shop, owner, wang.key, language)
    shop.do(lambda crm: a_prediction(crm, owner))
    assert words in page(shop, owner, wang.key, language)


def page(shop: Shop, owner: int, staff: int, language: str) -> str:
    say = PageSay(language, shop.zone)
    values = shop.do(lambda crm: owner_page(crm, crm.staff.get(staff), owner, language))
    return rendered("owner.html", say=say, path="/", who=None, **values)
