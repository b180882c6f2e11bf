"""Names, slang and symptoms of each service: Chinese words and an English pattern."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "maintenance": (
        (
            "保养 小保 大保 首保 二保 机油 机滤 三滤 空滤 汽滤 机油滤芯 换油 换个油 换下油 变速箱油 "
            "防冻液 冷却液 冷冻液 火花塞 养护 齿轮油"
        ),
        (
            r"maintenance|oil (?:and filter )?ch\w{2,4}\b|change (?:the |my )?oil|engine oil|servic(?:ing"
            r"|ed)\b|(?:full|regular|car|annual|a|major|minor) service\b|due for (?:a )?service"
            r"|(?:in|during|after) (?:the|my) service\b"
            r"|tune-?up"
        ),
    ),
    "tyres": (
        (
            "轮胎 车胎 补胎 换胎 爆胎 胎压 扎钉 扎了钉 扎到钉 扎了个钉 扎了颗钉 扎了根钉 扎胎 胎扎 "
            "胎被扎 备胎 漏气 鼓包 胎鼓 雪地胎 冬季胎 防爆胎 动平衡 胎没气 胎瘪 胎破 胎磨 胎纹 前胎 "
            "后胎 新胎 两条胎 四条胎 一条胎 个胎 轱辘 轮毂 呔 换呔 爆呔 轮子 冬胎 旧胎 胎漏 国产胎 进口胎 "
            "原厂胎 静音胎 扎钉子 "
            "慢撒气"
        ),
        r"ty?[iy]res?\b|punctures?|wheel balanc\w*|flat (?:tyre|tire)",
    ),
    "alignment": (
        (
            "四轮定位 做定位 做个定位 跑偏 方向不正 方向盘不正 方向盘歪 方向盘偏 方向歪 方向盘是歪 "
            "方向盘是斜 方向盘斜 吃胎 偏磨 老往左 老往右 总往左 总往右 往左偏 往右偏 往一边 车头偏 "
            "轮定位 3d定位 往左跑 往右跑 四轮 走偏 定位"
        ),
        r"align(?:ment|ed)?\b|pull(?:s|ing)? to (?:the|one) \w+|pull(?:s|ing)? (?:left|right)\b",
    ),
    "battery": (
        (
            "电瓶 蓄电池 打不着 打不了火 打唔着 点不着火 打火打不 启动不了 启动不着 启动不起来 搭电 "
            "搭个电 亏电 没电 冇电 没有电 发动不了 发动不着 发动不起来 换电池 电池 续航变 续航掉 "
            "续航缩 续航短 续航下降 续航打折 充不进 充唔 充不上 充不满 掉电 跑电 馈电 小电瓶 趴窝 "
            "打着火很难 着不了车 着不着车 打火困难 电量掉 着车困难"
        ),
        r"batter(?:y|ies)|jump[ -]?start|(?:won'?t|doesn'?t|not|can'?t|cannot) start",
    ),
    "brakes": (
        "刹车 刹不住 制动 碟片 手刹 刹车片 刹车盘 刹车油 踩刹 刹车皮 来令片",
        r"brak(?:es?|ing)\b",
    ),
    "air_conditioning": (
        (
            "空调 冷气 制冷 暖风 制热 冷媒 加氟 加雪种 雪种 出风口 吹热风 吹冷风 吹的是热风 不出冷风 "
            "不出热风 不出风 暖气 吹出来是热 吹出来都是热 出来热风 空凋 车里不凉"
        ),
        r"\ba/?c\b|air[ -]?con(?:ditioning|ditioner)?\b|heater",
    ),
    "wash": (
        (
            "洗车 打蜡 精洗 洗个车 洗下车 洗一下车 洗洗车 洗一洗车 内饰清洗 清洗内饰 洗内饰 内饰清洁 "
            "冲车 擦车 车太脏 车好脏 车很脏 车脏 车洗 脏死了 把车洗 车洗一 车洗了 洗刷刷 抛光 洗香香 "
            "车洗下 车洗干净 给车洗 洗一次 洗一回 洗一次车 洗次车 普洗 洗辆车 洗白白 脏得 脏兮兮"
        ),
        r"car ?wash|wash(?:ed|ing)?\b|\bwax\w*|detailing",
    ),
    "inspection": (
        ("年检 年审 审车 验车 检车 车检 过检 车审 上线检测 六年免检 检车线 全车检 安全检测 常规检测 年度检测"),
        r"annual inspection|inspection|mot test|vehicle test",
    ),
    "bodywork": (
        (
            "钣喷 钣金 喷漆 喷个漆 喷一下漆 补漆 补个漆 补下漆 剐蹭 刮蹭 剐 刮花 划痕 划花 划了 刮了 "
            "刮到 蹭了 蹭到 蹭掉 擦花 凹 瘪了一块 保险杠 掉漆 车漆 追尾 撞了 撞到 撞瘪 撞坏 做漆 "
            "做个漆 前杠 后杠 叶子板 烤漆 刮掉 划伤 刮伤 擦伤 事故车 事故维修 漆面 车门被 车被刮 "
            "车被撞 车被划 车被蹭 碰瘪 花咗"
        ),
        r"\bdent\w*|scratch\w*|paint(?:work|ed|ing| job)?\b|body ?(?:work|shop)|bumper",
    ),
    "warranty": (
        "延保 质保 保修 三包 索赔 保固 延长保修",
        r"warrant(?:y|ies)|guarantee",
    ),
    "other": (
        (
            "贴膜 贴个膜 镀晶 镀膜 雨刮 雨刷 大灯 车灯 尾灯 灯泡 车玻璃 玻璃 变速箱 变速器 波箱 底盘 "
            "发动机 行车记录仪 中控 座椅 天窗 倒车影像 音响 减震 避震 改装 排气管 漏油 漏水 水箱 "
            "隔音 封釉 车衣 改色 其他 其它 别的项目 车机 车窗 后视镜 门锁 车钥匙 充电口 转向机 离合 "
            "积碳 正时 皮带 脚垫 喇叭 救援 拖车 上牌"
        ),
        (
            r"wipers?|windscreens?|windshield|headlights?|gearbox|transmission|suspension"
            r"|window tint\w*|something else"
        ),
    ),
}
# these only count when nothing clearer is named
WEAK: dict[str, tuple[str, str]] = {
    "inspection": (
        "检查 检测 检验 体检 检修 看看车况 查下车况 查一下车况 车况",
        r"check-?up|check (?:my|the) car|diagnos\w*",
    ),
}
