"""Why owners stay away, in their own words."""

import pytest

from core.reasons import reasons_in

CASES = [
    ("你们太贵了", "price"),
    ("保养收费比外面高，不划算", "price"),
    ("性价比不高", "price"),
    ("上次弄脏了我的车", "quality"),
    ("空调没修好，回来又坏了", "quality"),
    ("洗完车门上有划痕", "quality"),
    ("我搬到惠州了", "distance"),
    ("太远", "distance"),
    ("离我家有点远", "distance"),
    ("楼下有一家，去那边了", "distance"),
    ("前台态度不好", "attitude"),
    ("等了两个小时没人理", "attitude"),
    ("师傅很不耐烦", "attitude"),
    ("车卖了", "sold"),
    ("去年就换了新车", "sold"),
    ("已经过户给我弟了", "sold"),
    ("太贵了，而且离得远", "price distance"),
    ("态度差，还贵", "attitude price"),
    ("搬家了，另外上次也没修好", "distance quality"),
    ("不是价格问题，是太远", "distance"),
    ("价格还行，就是态度不好", "attitude"),
    ("不贵，就是远了点", "distance"),
    ("跟价格无关，是质量", "quality"),
    ("质量没问题，就是太贵", "price"),
    ("车没卖，就是忙", ""),
    ("最近忙", ""),
    ("没什么原因", ""),
    ("", ""),
    ("too expensive", "price"),
    ("I moved to Huizhou", "distance"),
    ("I sold it", "sold"),
    ("The staff was rude and it is too far", "attitude distance"),
    ("The price is fine, but you didn't fix the noise", "quality"),
    ("not because of the price, it's too far away", "distance"),
]


@pytest.mark.parametrize(("text", "reasons"), CASES)
def test_the_words_name_their_reasons_in_order(text: str, reasons: str) -> None:
    assert " ".join(reasons_in(text)) == reasons
