"""Names that people in Shenzhen could have."""

from __future__ import annotations

from random import Random

# Surnames by how common they are in the south, most common first; each line counts half of the one above.
_SURNAMES = (
    "陈李黄张林刘王吴",
    "杨梁周罗何郑谢邓",
    "曾郭赵徐叶蔡钟廖朱许",
    "彭苏潘卢冯胡杜蒋温余",
    "欧阳 邱 范 汪 田 贺 白 邹 熊 顾",
)
_WEIGHTS = (16, 8, 4, 2, 1)
_MALE = (
    "伟 强 磊 军 勇 杰 涛 明 超 刚 平 辉 鹏 斌 浩 俊 健 志强 建国 建华 志明 国栋 文斌 海涛 俊杰 浩然 子轩 宇航 家豪 "
    "嘉铭 文博 天佑 泽宇 锦鹏 振宇 永康 晓东 立新 少华 卓然 启航 思远 景行 伟杰 伟文 志伟 国强 学文 一鸣"
).split()
_FEMALE = (
    "芳 娜 敏 静 丽 艳 娟 霞 玲 燕 婷 雪 琳 倩 颖 洁 慧 秀英 丽华 雨桐 诗涵 欣怡 佳怡 晓燕 海燕 美玲 淑芬 雅琴 梦瑶 "
    "思琪 晓雯 婉婷 嘉欣 可欣 慧敏 佩珊 雪梅 若彤 静怡 语嫣 春梅 丽娟 玉兰 凤仪 晓彤 紫涵 秋菊 佳慧"
).split()


def person(random: Random) -> str:
    """A surname and a given name: 李志强."""
    line = random.choices(_SURNAMES, _WEIGHTS)[0]
    surname = random.choice(line.split() if " " in line else line)
    return surname + random.choice(_MALE if random.random() < 0.58 else _FEMALE)


def phone(random: Random, number: int) -> str:
    """A mobile number under 154, a prefix no operator uses, so that it never rings anywhere; unique by `number`."""
    return f"+86154{random.randrange(1000):03d}{number % 100_000:05d}"


_STREETS = {
    "NS": "南海大道 后海大道 科苑路 学府路 桂庙路 创业路 东滨路 登良路".split(),
    "FT": "深南大道 景田路 莲花路 福强路 彩田路 新洲路 红荔路 益田路".split(),
    "LG": "龙岗大道 龙翔大道 吉华路 布龙路 清林路 爱南路 黄阁路 坂雪岗大道".split(),
}
_GARDENS = "阳光花园 海悦名苑 翠湖居 锦绣城 云山府 星河湾畔 桃源里 百合苑 金桂园 半岛豪庭".split()
_DISTRICTS = {"NS": "南山区", "FT": "福田区", "LG": "龙岗区"}


def address(random: Random, store: str) -> str:
    street, garden = random.choice(_STREETS[store]), random.choice(_GARDENS)
    flat = f"{random.randint(2, 32)}{random.randint(1, 6):02d}"
    return f"深圳市{_DISTRICTS[store]}{street} {random.randint(1, 899)} 号{garden} {random.randint(1, 12)} 栋 {flat}"
