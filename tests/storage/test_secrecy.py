"""What a thief of the file finds of a person: names and plates, and nothing that they said or can be reached by."""

from pathlib import Path

from core.messages import Inbound, Kind
from handlers import receive
from storage.crm import Crm
from tests.chat import Shop

PHONE, VIN, ADDRESS = "+8613812345678", "LSVAU2A37N2183294", "深圳市南山区科技园一路一号"
ACCOUNT, SENTENCE, RAW = "openid-of-li-ming", "我老婆开车总是急刹车想问问刹车", b'{"secret-part-of-the-body":1}'
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-secret"


def fill(crm: Crm) -> None:
    owner = crm.owners.add("李明")
    crm.owners.set_phone(owner, PHONE, verified=True)
    crm.owners.set_address(owner, ADDRESS)
    vehicle = crm.vehicles.add("粤B12345")
    crm.vehicles.set_vin(vehicle, VIN)
    crm.stores.set_robot(crm.stores.get(1), ROBOT)


def test_the_file_tells_nothing_that_is_sealed(sqlite_shop: Shop, tmp_path: Path) -> None:
    sqlite_shop.do(fill)
    for number, text in enumerate((SENTENCE, "明天上午10点给粤B77777做保养", "13911112222", "确认")):
        inbound = Inbound("wechat", f"key-{number}-of-the-platform", ACCOUNT, Kind.TEXT, text=text, raw=RAW)
        sqlite_shop.do(lambda crm, one=inbound: receive(crm, one))  # type: ignore[misc]
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("shop.db"))
    assert "粤B77777".encode() in written  # the talk is in there
    secrets = (
        PHONE,
        PHONE[3:],
        "13911112222",
        VIN,
        ADDRESS,
        ACCOUNT,
        SENTENCE,
        "明天上午10点给",
        "robot-secret",
        "-of-the-platform",
    )
    for secret in (*(text.encode() for text in secrets), RAW, b"secret-part", "已为您预约".encode()):
        assert secret not in written, secret.decode()
