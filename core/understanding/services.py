"""Which service is asked for: its names, slang, and the symptoms that mean it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS: dict[str, tuple[str, str]] = {  # service: Chinese words, English pattern
    "maintenance": (
        "保养 小保 大保 首保 二保 机油 机滤 三滤 空滤 汽滤 机油滤芯 换油 换个油 换下油 变速箱油 防冻液 冷却液 冷冻液 火花塞 养护 齿轮油",
        r"maintenance|oil (?:and filter )?change|change (?:the |my )?oil|engine oil|servic(?:ing|ed)\b|(?:full|regular|car|annual|a|major|minor) service\b|due for (?:a )?service|tune-?up",
    ),
    "tyres": (
        "轮胎 车胎 补胎 换胎 爆胎 胎压 扎钉 扎了钉 扎到钉 扎了个钉 扎了颗钉 扎了根钉 扎胎 胎扎 胎被扎 备胎 漏气 鼓包 胎鼓 雪地胎 冬季胎 防爆胎 动平衡 "
        "胎没气 胎瘪 胎破 胎磨 胎纹 前胎 后胎 新胎 两条胎 四条胎 一条胎 个胎 轱辘 轮毂 呔 换呔 爆呔 轮子 冬胎 旧胎 胎漏 扎钉子 慢撒气",
        r"ty?[iy]res?\b|punctures?|wheel balanc\w*|flat (?:tyre|tire)",
    ),
    "alignment": (
        "四轮定位 做定位 做个定位 跑偏 方向不正 方向盘不正 方向盘歪 方向盘偏 方向歪 方向盘是歪 方向盘是斜 方向盘斜 吃胎 偏磨 老往左 老往右 总往左 总往右 "
        "往左偏 往右偏 往一边 车头偏 轮定位 3d定位 往左跑 往右跑 四轮 走偏 定位",
        r"align(?:ment|ed)?\b|pull(?:s|ing)? to (?:the|one) \w+",
    ),
    "battery": (
        "电瓶 蓄电池 打不着 打不了火 打唔着 点不着火 打火打不 启动不了 启动不着 启动不起来 搭电 搭个电 亏电 没电 冇电 没有电 发动不了 发动不着 发动不起来 "
        "换电池 电池 续航变 续航掉 续航缩 续航短 续航下降 续航打折 充不进 充唔 充不上 充不满 掉电 跑电 馈电 小电瓶 趴窝 打着火很难 着不了车 着不着车 打火困难 电量掉 着车困难",
        r"batter(?:y|ies)|jump[ -]?start|(?:won'?t|doesn'?t|not|can'?t|cannot) start",
    ),
    "brakes": ("刹车 刹不住 制动 碟片 手刹 刹车片 刹车盘 刹车油 踩刹 刹车皮 来令片", r"brak(?:es?|ing)\b"),
    "air_conditioning": (
        "空调 冷气 制冷 暖风 制热 冷媒 加氟 加雪种 雪种 出风口 吹热风 吹冷风 吹的是热风 不出冷风 不出热风 不出风 暖气 吹出来是热 吹出来都是热 出来热风 空凋 车里不凉",
        r"\ba/?c\b|air[ -]?con(?:ditioning|ditioner)?\b|heater",
    ),
    "wash": (
        "洗车 打蜡 精洗 洗个车 洗下车 洗一下车 洗洗车 洗一洗车 内饰清洗 清洗内饰 洗内饰 内饰清洁 冲车 擦车 车太脏 车好脏 车很脏 车脏 车洗 脏死了 把车洗 车洗一 车洗了 "
        "洗刷刷 抛光 洗香香 车洗下 车洗干净 给车洗 洗一次车 洗次车 普洗 洗辆车 洗白白",
        r"car ?wash|wash(?:ed|ing)?\b|\bwax\w*|detailing",
    ),
    "inspection": (
        "年检 年审 审车 验车 检车 车检 过检 车审 上线检测 六年免检 检车线 全车检 安全检测 常规检测 年度检测",
        r"annual inspection|inspection|mot test|vehicle test",
    ),
    "bodywork": (
        "钣喷 钣金 喷漆 喷个漆 喷一下漆 补漆 补个漆 补下漆 剐蹭 刮蹭 剐 刮花 划痕 划花 划了 刮了 刮到 蹭了 蹭到 蹭掉 擦花 凹 瘪了一块 保险杠 掉漆 车漆 追尾 撞了 撞到 撞瘪 "
        "撞坏 做漆 做个漆 前杠 后杠 叶子板 烤漆 刮掉 划伤 刮伤 擦伤 事故车 事故维修 漆面 车门被 车被刮 车被撞 车被划 车被蹭 碰瘪 花咗",
        r"\bdent\w*|scratch\w*|paint(?:work|ed|ing| job)?\b|body ?(?:work|shop)|bumper",
    ),
    "warranty": ("延保 质保 保修 三包 索赔 保固 延长保修", r"warrant(?:y|ies)|guarantee"),
    "other": (
        "贴膜 贴个膜 镀晶 镀膜 雨刮 雨刷 大灯 车灯 尾灯 灯泡 车玻璃 玻璃 变速箱 变速器 波箱 底盘 发动机 行车记录仪 中控 座椅 天窗 倒车影像 音响 减震 避震 改装 "
        "排气管 漏油 漏水 水箱 隔音 封釉 车衣 改色 其他 其它 别的项目 车机 车窗 后视镜 门锁 车钥匙 充电口 转向机 离合 积碳 喇叭 救援 拖车 上牌",
        r"wipers?|windscreens?|windshield|headlights?|gearbox|transmission|suspension|window tint\w*|something else",
    ),
}  # fmt: skip
_WEAK = {
    "inspection": (
        "检查 检测 检验 体检 检修 看看车况 查下车况 查一下车况 车况",
        r"check-?up|check (?:my|the) car|diagnos\w*",
    ),
}
_PATTERNS: tuple[tuple[str, str, str], ...] = (  # service, letters of which one must be there, pattern
    ("tyres", "轮胎", r"(?:轮|胎).{0,4}(?:没气|漏|瘪|爆|扎|磨|鼓|破|裂|花纹)"),
    ("battery", "着了起难劲", r"(?:打|点|启动|发动|着)火?.{0,2}(?:不着|不了火|不起来|困难|费劲)"),
    ("alignment", "偏歪斜", r"(?:方向盘?|车头?|老|总).{0,5}(?:偏|歪|斜)"),
    ("bodywork", "刮蹭划剐撞砸漆", r"(?:刮|蹭|划|剐|撞|砸)(?:了|花|伤|坏|掉|到|凹|瘪)|漆.{0,3}(?:掉|花|刮|划|起泡|裂)"),
    ("wash", "洗", r"洗.{0,3}车(?!间)"),
    ("brakes", "踩刹", r"踩下去.{0,3}(?:软|空)"),
)
_COMPILED = tuple((service, frozenset(letters), re.compile(pattern)) for service, letters, pattern in _PATTERNS)
_OTHER_POWER = ("钥匙", "手机", "遥控", "遥控器")
_WARNING = re.compile(r".{0,3}灯(?!泡|不亮|坏|罩)| (?:warning )?light")
_PAST_BEFORE = re.compile(r"(?:上次|上回|之前|刚刚?|以前|\x01|去年|前阵子|前段时间)[^，。！？,!?;]{0,5}$")
_NOT_BEFORE = re.compile(
    r"(?:(?<![要用能需是该想肯会行好])不(?!太|是很|怎么)|别|除了|甭|唔|don't |not |no need for )(?:想|要|用|是|需要|做|换|洗|打算|再|约|给我|搞|弄|the|a|to|want|need| )*$"
)
_PAST_AFTER = re.compile(r"(?:已经|早就)?(?:做|换|修|洗|弄)?过了|过的")
_MAP_BEFORE = re.compile(r"(?:发|给|共享|店|你们|铺|来)(?:我|个|一下|的|下)*$")
_MAP_AFTER = re.compile(r"(?:发|给|在哪|在什么|地址|到|链接|共享|一下我|是哪)")
_NOT_AFTER = re.compile(
    r"(?:这次|今天|就|先|也|我|暂时|还是|的话|那个)*(?:不(?:用|做|要|弄|洗|换|搞|需要)(?!钱|紧|好)(?:做|换|洗|弄)?(?:了|啦|，|,|。|$)|算了|免了|以后再|下次再|别做|取消掉?，)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A service named at `start`; `weak` words (检查, 发动机) only count when nothing clearer is named."""

    start: int
    service: str
    weak: bool = False
    past: bool = False
    refused: bool = False
    end: int = 0


def _table() -> tuple[dict[str, list[tuple[str, str, bool]]], re.Pattern[str]]:
    words: dict[str, list[tuple[str, str, bool]]] = {}
    english = []
    for table, weak in ((_WORDS, False), (_WEAK, True)):
        for service, (chinese, pattern) in table.items():
            english.append(f"(?P<{'weak_' if weak else ''}{service}>{pattern})")
            for word in chinese.split():
                words.setdefault(word[0], []).append((word, service, weak or service == "other"))
    for entries in words.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return words, re.compile("|".join(english))


_BY_FIRST, _ENGLISH = _table()


def find(low: str) -> list[Mention]:
    """Every service that is named and not refused, in order."""
    found = _chinese(low)
    if not any(not mention.weak for mention in found):
        found = sorted([*found, *_described(low)], key=lambda mention: mention.start)
    if any("a" <= c <= "z" for c in low):
        found += [
            _english(match, low) for match in _ENGLISH.finditer(low) if _names_it(low, *match.span())
        ]
        found.sort(key=lambda mention: mention.start)
    return found


def pick(mentions: list[Mention], after: int = 0) -> str | None:
    """The service asked for: the first clear one, after the word of change if there is any."""
    wanted = [mention for mention in mentions if not mention.refused]
    late = [mention for mention in wanted if mention.start >= after] if after else []
    pool = late or wanted
    pool = [m for m in pool if not m.past] or pool
    if not pool:
        return None
    clear = [m for m in pool if not m.weak] or [m for m in pool if m.service == "other"] or pool
    if any(m.service == "warranty" for m in clear) and clear[0].service not in {
        "maintenance",
        "inspection",
        "wash",
    }:
        return "warranty"
    return clear[0].service


def _chinese(low: str) -> list[Mention]:
    found: list[Mention] = []
    position = 0
    while position < len(low):
        step = 1
        for word, service, weak in _BY_FIRST.get(low[position], ()):
            if low.startswith(word, position):
                step = len(word)
                if _names_it(low, position, position + step):
                    found.append(_mention(low, position, position + step, service, weak))
                break
        position += step
    return found


def _described(low: str) -> list[Mention]:
    """What is told as a symptom: 右后轮没气了."""
    matches = ((s, pattern.search(low)) for s, letters, pattern in _COMPILED if not letters.isdisjoint(low))
    return [_mention(low, m.start(), m.end(), service, False) for service, m in matches if m]


def _english(match: re.Match[str], low: str) -> Mention:
    name = match.lastgroup or "other"
    service = name.removeprefix("weak_")
    return _mention(low, match.start(), match.end(), service, name != service or service == "other")


def _mention(low: str, start: int, end: int, service: str, weak: bool) -> Mention:
    past = bool(_PAST_BEFORE.search(low[max(0, start - 12) : start]))
    refused = bool(_NOT_BEFORE.search(low[max(0, start - 12) : start]) or _NOT_AFTER.match(low, end))
    past = past or bool(_PAST_AFTER.match(low, end))
    return Mention(start, service, weak, past, refused, end)


def _names_it(low: str, start: int, end: int) -> bool:
    """Not the lamp of it (刹车灯), not the map position (发个定位)."""
    if _WARNING.match(low, end):
        return False
    if low[start:end] == "没电" and low[:start].endswith(_OTHER_POWER):
        return False
    if low[start:end] in {"其他", "其它"} and low[:start].endswith(("没", "没有", "没啥", "没什么")):
        return False
    return low[start:end] != "定位" or not (_MAP_BEFORE.search(low[:start]) or _MAP_AFTER.match(low, end))
