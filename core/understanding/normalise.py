"""One spelling for every sentence: half width, simplified characters, no decoration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from core.understanding.late import Late

LONGEST = 400  # an owner's request stands in its first lines; the rest would only cost time

_TRADITIONAL = (
    "預约約约訂订換换車车輪轮胎胎養养修修檢检測测電电話话號号碼码時时間间點点鐘钟開开關关門门營营業业錢钱價价費费"
    "報报貴贵優优惠惠領领券券禮礼評评滿满意意態态壞坏嗎吗沒没這这個个們们來来還还過过週周禮礼後后麼么甚什為为"
    "幾几萬万兩两裡里裏里裝装對对錯错請请謝谢您您經经員员找找聯联繫系絡络轉转賣卖掉掉戶户過过燈灯亮亮異异響响"
    "聲声煞刹剎刹動动機机濾滤氣气冷冷涼凉熱热風风補补氣气釘钉爆爆專专業业資资料料刪删除除據据註注銷销訊讯息息"
    "發发給给別别騷骚擾扰廣广東东導导航航裡里哪哪邊边樓楼處处離离遠远進进場场區区試试驗验證证審审單单筆笔紅红"
    "藍蓝綠绿黃黄銀银滬沪粵粤遼辽雲云蘇苏贛赣魯鲁陝陕貴贵閩闽瓊琼寧宁鄂鄂龍龙華华灣湾陳陈張张劉刘黃黄趙赵吳吴"
    "鄭郑馮冯楊杨許许鄧邓蕭萧羅罗葉叶閻阎盧卢譚谭鐘钟賴赖嚴严潘潘蔣蒋語语說说講讲聽听學学應应該该當当從从務务"
    "實实現现現现隨随麗丽歡欢樂乐節节慶庆國国舊旧親亲兒儿馬马鳥鸟風风頭头題题顧顾問问總总統统計计設设備备買买"
    "賓宾檔档歷历記记錄录覽览觀观視视聯联絡络網网線线級级維维護护續续約约納纳緊紧總总績绩結结絕绝終终組组細细"
    "邀邀請请薦荐紹绍績绩參参與与興兴舉举寫写軍军農农凍冻準准減减劃划劑剂勞劳勢势匯汇區区協协單单壓压廠厂"
    "晝昼噴喷漆漆傷伤塊块墊垫奪夺妳你孫孙寬宽將将尋寻屬属師师帶带幫帮張张強强彈弹復复徑径憂忧懸悬戰战損损搶抢擇择"
    "擋挡擔担據据擊击擦擦敗败數数斷断於于術术條条極极構构標标樣样橋桥權权決决沖冲況况洩泄潔洁濕湿灑洒為为無无"
    "煙烟燒烧爛烂牆墙狀状獎奖環环產产畫画癒愈盡尽監监盤盘確确禦御稅税種种稱称積积穩稳窗窗筆笔簡简糾纠純纯紙纸"
    "聞闻職职腦脑臉脸臨临舉举藥药虧亏蟲虫蠟蜡術术補补製制複复規规覺觉觸触訴诉詢询誤误調调論论諮咨譯译議议讓让"
    "貼贴責责貨货質质賠赔購购贊赞趕赶躍跃輛辆輕轻較较輸输辦办農农迴回連连運运達达遲迟適适選选遺遗邏逻郵邮醫医"
    "針针鈑钣銹锈錄录鍍镀鎖锁鏡镜鏽锈鐵铁長长閃闪閉闭閒闲陽阳際际隊队階阶險险雖虽雙双雜杂難难靜静頂顶項项順顺"
    "須须預预領领頻频願愿類类顯显飛飞飯饭飲饮餘余餓饿駕驾駛驶驚惊骯肮髒脏體体鬆松麥麦齊齐齒齿姊姐咗了喺在嘅的"
    "唔唔冇没啲些佢他睇看攞拿"
    "認认識识館馆僅仅傳传債债側侧兌兑剛刚創创勝胜勵励勸劝卻却喚唤嘗尝園园圍围圖图團团執执堅坚塵尘夢梦媽妈婦妇寶宝層层島岛帥帅帳帐幣币幹干庫库廢废彎弯悶闷惡恶惱恼愛爱慘惨慣惯慮虑戲戏拋抛掃扫掛挂採采揚扬搖摇擠挤攜携"
    "敵敌曬晒書书會会棄弃棟栋榮荣樁桩樹树橫横櫃柜欄栏歐欧歲岁歸归殘残毀毁淚泪淨净淺浅渦涡溝沟溫温滅灭滾滚漲涨漸渐潤润澤泽濃浓濟济爭争爺爷牽牵獨独獲获療疗盜盗礙碍窮穷範范築筑簽签糧粮紋纹紛纷絲丝綁绑綱纲練练緩缓編编"
    "縣县縫缝縮缩織织繞绕繪绘繼继罰罚聖圣聰聪腫肿腳脚膠胶臺台莊庄蓋盖蘭兰虛虚蝕蚀衛卫襯衬襲袭見见討讨訓训託托訪访診诊詞词詩诗詳详誇夸誌志誠诚誰谁課课談谈諒谅諸诸諾诺謀谋讀读變变貝贝負负財财貢贡販贩貪贪貫贯賀贺賞赏"
    "賢贤賬账贈赠贏赢跡迹踐践軌轨軟软軸轴載载輔辅輝辉輩辈輯辑轄辖辭辞遊游違违遙遥遞递遷迁鄉乡鄰邻醬酱釋释釣钓鈉钠鈔钞鉛铅銅铜銘铭鋁铝鋒锋鋪铺鋼钢錦锦鍊链鍋锅鍵键鏈链鑑鉴鑰钥閘闸閣阁閱阅闊阔陣阵陰阴陸陆隱隐隻只雞鸡"
    "霧雾靈灵頁页頓顿頗颇頸颈顏颜顛颠飄飘飾饰飽饱馳驰駁驳駐驻騎骑騙骗驅驱鬧闹魚鱼鮮鲜鹽盐黨党著着乾干喫吃嘆叹噸吨徹彻憶忆擺摆擴扩攤摊攪搅暫暂檯台殺杀滲渗漿浆瀉泻災灾獻献癱瘫皺皱礦矿籤签緣缘繃绷罵骂膚肤豐丰賺赚蹟迹"
    "轎轿轟轰釀酿鉤钩鍾钟鑲镶鑽钻韌韧頒颁餅饼驕骄髮发鬥斗麵面齡龄"
)
SIMPLIFIED = {ord(_TRADITIONAL[i]): _TRADITIONAL[i + 1] for i in range(0, len(_TRADITIONAL), 2)}
_SIGNS = {
    "👍": "好", "👌": "好", "🆗": "好", "✅": "好", "👎": "不", "❌": "不", "🙏": "谢谢", "⭐": "★", "🌟": "★",
    "。": "。", "~": "~", "～": "~", "—": "-", "–": "-", "−": "-", "‑": "-", "、": "、", "’": "'", "﹣": "-",
    "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\ufe0f": "", "\u20e3": "", "\u00ad": "", "\x00": "",
    "\x01": "", "\x02": "", "\t": " ", "\r": " ", "\n": "，",
}  # fmt: skip
_TABLE = SIMPLIFIED | {ord(sign): plain for sign, plain in _SIGNS.items()}
# words of the shop as a dictating phone or a quick thumb writes them: same sound, other character
_MISHEARD = (
    ("预约", r"[玉遇育郁](?:约|月|越|悦)|预[越悦乐]|予约|预月(?![底初中份末])"),
    ("保养", r"[宝饱包堡报](?:养|样|氧)(?!品|老)"),
    ("轮胎", r"[轮论伦](?:台|抬)(?!湾|词)"),
    ("转人工", r"转人[公功供宫](?!司)"),
    ("投诉", r"投[素速宿塑拆](?!度)"),
    ("退订", r"退[丁顶钉定](?!金|位|单)"),
    ("取消", r"[去曲趣](?:消|销)(?!防|毒|费|息|售|账)|取[销宵肖]"),
    ("上午", r"上[舞武伍]|上五(?=[\d一二三四五六七八九十]+点)"),
    ("下午", r"下[舞武伍]|下五(?=[\d一二三四五六七八九十]+点)"),
    ("刹车", r"[杀沙纱]车"),
    ("电瓶", r"电[屏评](?=没|坏|换|亏)|换电[屏评平]"),
    ("空调", r"空[条跳]"),
    ("优惠券", r"优惠[卷圈]"),
    ("没有", r"木有"),
)
_MISHEARD_AT = frozenset("玉遇育郁预予宝饱包堡报轮论伦转投退去曲趣取上下杀沙纱电换空优木")
_SOUNDS = Late("|".join(f"(?P<w{place}>{pattern})" for place, (_, pattern) in enumerate(_MISHEARD)))
_MEANT = {f"w{place}": meant for place, (meant, _) in enumerate(_MISHEARD)}
_BLANKS = re.compile(r"\s{2,}")
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_PAUSE = re.compile(r"(?<=[\u4e00-\u9fff]{2}) +(?=[\u4e00-\u9fff]{2})")
_DECORATION = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u27bf\u2b00-\u2bff\U000e0000-\U000e007f]")


@lru_cache(16)  # a turn reads its words for several purposes
def normalise(text: str) -> str:
    """The sentence as the rules read it; case is kept, length is capped."""
    plain = text[:LONGEST].translate(_TABLE)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).translate(_TABLE)
        plain = _DECORATION.sub("", plain)
        plain = _heard(_HAN_GAP.sub("", _PAUSE.sub("，", plain)))
    return _BLANKS.sub(" ", plain)[:LONGEST].strip()


def _heard(plain: str) -> str:
    """What was meant where a word sounds like one of ours."""
    if _MISHEARD_AT.isdisjoint(plain):
        return plain
    return _SOUNDS.sub(lambda match: _MEANT[match.lastgroup or ""], plain)


def lower(text: str) -> str:
    """Lower case of the same length, so that positions in both agree."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
