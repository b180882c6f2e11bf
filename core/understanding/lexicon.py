"""The owners' words, grouped by what they mean; the longest word at a place counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

# concept: words, "_" stands for a space; a word may stand under several concepts; NOTHING only hides shorter words
WORDS: dict[str, str] = {
    "NOTHING": (
        "大约 节约 约等于 契约 合约 公约 制约 约莫 有约束 大概约 行车 行驶 行程 行李 银行 进行 流行 "
        "执行 自行 可以吗 行吗 好吗 对吗 成都 完成 要求 重要 主要 要是 需要多 好像 好多 好久 刚好 正好 "
        "对方 对了 不好意思 得到 觉得 记得 值得 不得不 懂得 可能 不错 没关系 中心 中间 正中 不是很 不过 "
        "不知道 不太 不怎么 是不是 行不行 好不好 对不对 要不要 可不可以 能不能 有没有 用不用 需不需要 "
        "会不会 得不得 差不多 不一定 对面 对于 好几 只好 还好 最好 这样行 对比 会员 一会 机会 等一下 "
        "帮我看下 取决 上面 下面 改装 改善 改色 提前半小时 换油 换胎 换轮胎 订金 定金 中控 命中 换季 "
        "转弯 转向 返修 返利 开门红 订购 券商 成本 成功 成年 定位仪 手续费 休息区 休息室 代步 推荐什么 "
        "推荐哪 现在 哪里坏 哪里响 哪里漏 保险杠 立即停车 靠边停车 尽快停车 可以提供 提供 取得联系 车主 "
        "一般来说 满意度 上上周 周到 对不起 的时候 新车 行使 贵店 贵司 贵姓 贵州 宝贵 贵公司 免贵 贵宾"
    ),
    "BOOK": (
        "预约 预 约 约个 约一下 约下 订 预订 预定 订个 登记 排个号 排个队 安排 安排一下 挂个号 挂号 "
        "排期 报名 排个时间 留个位 留位 占个位 book booking schedule appointment make_an_appointment "
        "reserve reservation 约个时间 定个时间 订个时间 整个时间 yy预约 予约 预月 预药 留个工位 定个位 "
        "book个 约时间 排一下 排个位 book_in 怎么预约 如何预约 点样预约 怎么约 如何约 squeeze_me fit_me "
        "see_me 插个队 插队 加个塞 留个 排上 排进 come_by drop_by bring_it_in bring_the_car"
    ),
    "APPOINTMENT": (
        "预约 预约单 约的 约了 约好 约好了 订单 预定的 订的 约咗 appointment appointments booking "
        "bookings reservation 已约 约在 约到 约过 安排的 预约的 那单 那个单 这单 予约 那个号 我的号 "
        "号子 位子 单子 这个号"
    ),
    "WISH": (
        "我想 我要 想 要 需要 打算 准备 麻烦 帮我 给我 帮忙 请帮 希望 计划 i_want i'd_like i_need want "
        "need would_like can_i could_i please 想要 我得 该 要去 想去 想来 要来 得去 我来 过去 过来 "
        "去一趟 跑一趟 来一趟 上门 帮手 唔该帮 可唔可以 想问下能 想过去 要过去 开过去 开过来 送过去 "
        "送过来 去你们那 去店里 到店 来店 去做 来做 去弄 来弄 来搞 去搞 去换 来换 去修 来修 bring_my "
        "bring_it drop_off come_in"
    ),
    "DO": (
        "做 换 修 弄 搞 整 洗 补 喷 装 查 看看 瞧瞧 看一下 看下 处理 更换 维修 做个 做一下 做下 换个 "
        "换下 修一下 加 贴 拾掇 捯饬 整一下 检修 睇下 fix repair replace change check do get 做定位 "
        "做个定位"
    ),
    "ROOM": (
        "有位 有空位 有号 有没有位 还有位 有空 有时间吗 约得上 排得上 约满 能约 可以约 还能约 好约 空位 "
        "工位 排队 能排 什么时候能做 什么时候有 什么时候可以来 什么时候可以做 几时有 哪天有 哪天可以 "
        "哪天能 几点可以来 几点能来 几点有 几点能做 可以过来吗 可以过去吗 能过去吗 能过来吗 能来吗 "
        "可以来吗 可以去吗 能做吗 能不能做 可以做吗 能弄吗 做得了吗 约不约 available availability "
        "any_slot slot slots free_slot 有空吗 得闲 有冇位 有名额 能安排 什么时候方便 能修吗 能换吗 "
        "能洗吗 可以换吗 可以修吗 可以洗吗 能补吗 可以保养吗 能保养吗 来得及吗 忙不忙 人多吗 人多不多 "
        "要排队吗 用排队吗 排队多吗 还有号 名额 有没有号 还有空 还有时间 有时间"
    ),
    "MOVE": (
        "改时间 改个时间 改下时间 改一下时间 改期 改约 改到 改去 改在 改一下 改下 改个 换个时间 换时间 "
        "换一下时间 换个日子 换一天 改天再约 推迟 延后 延期 往后 往前 往后推 提前 提早 顺延 推到 推后 "
        "调到 调整 调一下 挪 挪到 挪个 换到 换去 换在 重新约 重约 另约 改 调个 错开 改日子 改个日子 "
        "改签 变更 变动 更改 修改 延到 拖到 调时间 调换 晚点到 晚到 调去 改预约 reschedule postpone "
        "move_my move_it move_the change_my_appointment change_the_appointment change_it_to push_back "
        "change_my_booking another_time different_time change_the_time bring_forward instead_of 换成 "
        "改成 改为 改至 重新预约 重新安排 变到 早点来 move_to 能提早 能提前 可以提前 可以提早"
    ),
    "NEW_TIME": (
        "改时间 改个时间 改下时间 改一下时间 改期 改约 换个时间 换时间 换一下时间 换个日子 改天再约 "
        "推迟 延后 延期 往后推 顺延 重新约 重约 另约 改日子 改个日子 改签 调时间 改预约 reschedule "
        "postpone move_my change_my_appointment change_the_appointment change_my_booking push_back "
        "重新预约 重新安排 换一天 推后 change_the_time bring_forward 晚点到 晚到 迟到 晚点来 晚点去 "
        "晚点过 早点去 早点来 早点过 提早点 提前点 running_late be_late late_for 换个点 换个点儿 "
        "时间不行 时间不合适 make_it instead"
    ),
    "TO_NEW": (
        "改到 改成 改为 改去 改在 改至 换到 换成 换去 换在 挪到 推到 推迟到 提前到 延到 延期到 调到 "
        "推后到 延后到 提早到 变成 改约到 改约 move_to change_to change_it_to reschedule_to 拖到 顺延到 "
        "改 调去 变到 改期到 调整到 往后推到 更改为 修改为 更改到 更正为 修改成 更正成 调成 挪去 挪"
    ),
    "DROP": (
        "取消 撤销 撤掉 撤了 退掉 退了 取消掉 取消吧 取消了 取消下 cancel 去掉 删掉 作废 取消一下 退约 "
        "消掉 qx 取消订 cancle cancelled canceled 唔要 call_off 取銷"
    ),
    "CANT_COME": (
        "来不了 去不了 到不了 不来了 不去了 过不去 赶不过去 赶不上 赶不到 来不成 去不成 唔嚟 来唔到 "
        "去唔到 没法来 没法去 没法过去 没办法来 没办法去 没时间去 没时间来 没空去 没空来 不能来 不能去 "
        "过不来 来不及 不过去了 不过来了 不用来了 不想去了 不想来了 去不上 来不上 抽不开身 走不开 "
        "can't_make_it cannot_make_it can't_come won't_make_it not_coming can't_make 爽约 不用去了 "
        "不能过去 去唔切 没法到 没空过去 不打算去 没办法过去"
    ),
    "QUIT": (
        "算了 不弄了 不搞了 不办了 不约了 不预约了 不订了 不做了 不换了 不修了 不洗了 退出 结束 终止 "
        "放弃 停止 不填了 没事了 不继续 不整了 先不弄 先不约 先不预约 never_mind nevermind forget_it "
        "quit exit abort 拉倒 不玩了 取消操作 取消吧 取消 cancel 算啦 唔搞 唔整 唔约 不问了 不想弄 "
        "不想约 不想预约 不想做了 /cancel 不聊了 不需要约 不约 不办 不搞 先算 不弄 不想继续"
    ),
    "PRICE": (
        "多少钱 多钱 价格 价钱 价位 费用 报价 收费 怎么收 咋收 几钱 几多钱 几多 多少米 贵吗 贵不贵 便宜 "
        "花多少 花费 报个价 什么价 啥价 几块 几百 几千 打折 折扣 优惠吗 有优惠 有没有优惠 优惠价 活动价 "
        "免费吗 要钱吗 收钱吗 收不收钱 要不要钱 工时费 套餐价 怎么卖 咋卖 怎么算 怎么算钱 预算 多少一次 "
        "多少一条 多少一个 how_much price prices cost costs fee fees charge rate_for quote estimate "
        "cheap expensive 多少银子 什么价位 合计 大概多少 大概要多少 得多少 要多少 是多少 价目 价目表 价 "
        "贵唔贵 点收费 有折扣 划算 能便宜 多少q 多少块 多少元 几个钱 什么价格 discount 多少服务费 "
        "服务费 多少费 收多少 收几 几百块 多少一下 总共多少 一共多少 多少银两 什么行情 价钱怎 报价单 "
        "明细 贵多少 便宜多少 一条多少 how_expensive pricing 工钱 手工费 起步价 多少一套 贵 贵不 贵么"
    ),
    "HOURS": (
        "营业时间 几点开门 几点关门 几点下班 几点上班 几点开始 几点打烊 几点营业 开门吗 开门时间 "
        "关门时间 营业吗 营业不 上班吗 上班时间 上班不 休息吗 休息不 放假吗 放假不 开门不 开门没 开不开 "
        "开到几点 开到什么 营业到 做到几点 几点钟开 几点钟关 几点收工 打烊 关门 开门 营业 上班 下班 "
        "放假 休息 开工 收工 opening_hours business_hours are_you_open open_on open_today open_tomorrow "
        "when_do_you open closed closing_time opening_time hours what_time_do_you 开着吗 开唔开 有开 "
        "开着 最晚几点 最早几点 几点钟开门 有人上班 有人在 开业 值班 开始营业 工作时间 双休 节假日 "
        "全年无休 open_until open_late 最晚到 最晚 最早 还有人吗 还有人 有人不 还开着 开着门 24小时 "
        "通宵 加班 开到 夜班"
    ),
    "ADDRESS": (
        "地址 在哪 在哪里 在哪儿 在哪边 在边度 喺边 怎么走 怎么去 咋走 咋去 点去 怎么过去 怎么到 位置 "
        "导航 定位发 发个定位 发定位 发我定位 哪条路 地铁 停车 停车场 路线 什么路 几号 哪家店近 "
        "最近的店 最近的门店 离我 离我最近 附近 哪个店近 近一点的 几家店 哪些店 门店地址 店址 什么地方 "
        "啥地方 哪个区 哪个位置 哪旮 where_are_you where_is where's address location directions "
        "how_do_i_get how_to_get nearest parking 公交 出口 搬了 搬家 搬到 新址 哪个门 分店 有哪些门店 "
        "门店列表 在什么 哪里 哪块 哪疙瘩 搬去 搬哪 给个定位 给我定位 店定位 定位给我 定位在 你们定位 "
        "店铺定位 定位到 几楼 哪条街 多远 怎么找 找到你们 找不到你们 离得近 怎么来"
    ),
    "STATUS": (
        "修好 弄好 搞好 做好 搞定 完工 弄完 修完 做完 搞完 洗好 洗完 换好 换完 保养好 保养完 喷好 进度 "
        "取车 提车 接车 到哪一步 到哪步 哪一步 还要多久 还需要多久 还得多久 还要等 多久能好 什么时候好 "
        "什么时候能好 几时好 几时搞掂 搞掂 整好 整好未 好了没 好了吗 好没 好了么 好未 好咗未 弄好没 "
        "怎么样了 咋样了 啥时候好 啥时候能好 几点能好 几点能取 几点取 可以取 能取 可以提 能提 完事 "
        "完了没 好没好 好了不 能开走 可以开走 修得 修到 ready is_my_car done_yet finished pick_up "
        "pick_it_up collect_my status progress 整完 维修进度 能拿车 拿车 好了没有 弄得 到什么程度 "
        "做到哪 修成 到哪了 轮到 完没 完了吗 still_working how_long_until 怎么还没 还没好 取得 提得 "
        "啥情况了 什么情况了 如何了 洗得 换得 喷得 做得怎 状态 还没修好 还没弄好 还没做完 还没做好 "
        "还没洗好 还没换好 配件到 到货 环节 交给我 交车 update_on collect 什么阶段 什么进展 进展 "
        "好了通知 拿回 什么时候交 几点交 拿到车 取到车 提到车 拿得到车"
    ),
    "MY_CAR": (
        "我的车 我车 我那车 我那台车 我台车 车子 爱车 车 my_car the_car my_vehicle 我的特斯拉 "
        "我的比亚迪 座驾"
    ),
    "COUPON": (
        "券 优惠券 代金券 红包 礼包 优惠卷 抵用券 卡券 劵 优惠劵 代金劵 抵扣券 折扣券 洗车券 保养券 "
        "生日礼 生日券 生日福利 生日优惠 礼券 礼品 福利 优惠码 coupon coupons voucher vouchers 体验券 "
        "卷 抵金券 现金券 会员券 生日礼物 生日礼包 优惠 赠品 小礼物 奖励 礼物 礼 有礼 好礼"
    ),
    "CARD": (
        "券 优惠券 代金券 红包 抵用券 卡券 劵 优惠劵 coupon coupons voucher vouchers 卡包 优惠卷 卷 "
        "代金劵 保养券 洗车券 生日券 现金券 折扣券 抵扣券 礼券 优惠码 券包 什么券 哪些券 几张券 啥券 "
        "有券 还有券 还券 券能 券过期 用券 券用 券怎么用 券在哪 有优惠券吗 有什么优惠券 有哪些优惠券 "
        "有没有优惠券 券码 看看券 查券 查看券 看券 查我的券 什么优惠券 哪些优惠券 券是什么 什么卡券 "
        "有没有券 我的券 我的优惠券 我的卡券 我的优惠 我的红包 我的代金券 我的卡包 my_coupons my_coupon "
        "my_vouchers my_voucher"
    ),
    "CLAIM": (
        "领 领取 领一下 领个 怎么领 我要领 claim redeem get_my 收下 领券 领劵 抢 要一张 给我一张 来一张 "
        "发我一张 送我 领走 领下 领一张 有没有券领 可以领 能领 领不领 领啊 点击领 兑换 兑 领红包 给张 "
        "发张 要张 拿张 我要了 我要这 要了"
    ),
    "MY_COUPON": (
        "我的券 我的优惠券 我的卡券 我的优惠 我的红包 我的代金券 我的卡包 券包 卡包 什么券 哪些券 "
        "几张券 啥券 有券 还有券 券还 券能 券过期 过期 到期 有效期 用券 券用 券怎么用 券在哪 用掉 "
        "没用的 没用完 还能用 能用吗 可以用吗 my_coupons my_coupon my_vouchers my_voucher do_i_have "
        "有优惠券吗 有什么优惠券 有哪些优惠券 有没有优惠券 几张 多少张 券码 二维码 核销 看看券 查券 "
        "查看券 看券 查我的券 什么优惠券 哪些优惠券 券是什么 什么时候过期 什么时候到期 什么卡券 "
        "有没有券 我有没有 账户里 还剩 剩几 expire expired valid 找不到 看不到 哪去了 在哪 怎么没"
    ),
    "RATE": (
        "评价 打分 评分 好评 给个好评 满意 很满意 服务很好 服务不错 服务好 服务态度好 服务态度很好 点赞 "
        "给你们点赞 挺好的服务 赞一个 rate rating review satisfied 打个分 我要评价 评一下 做评价 很不错 "
        "非常好 挺满意 五星 给个赞 技术好 专业 手艺好 手艺不错 态度很好 态度不错 态度好 服务真好 "
        "服务周到 周到 服务一流 excellent great_service good_service 服务真不错 服务挺好 服务挺不错 棒 "
        "一级棒 杠杠的 服务到位 夸 表扬 体验很好 体验不错 赞"
    ),
    "UNHAPPY": (
        "不满意 不满 不太满意 差评 投诉 举报 12315 消协 曝光 太差 很差 好差 差劲 真差 差得 差死 恶劣 "
        "态度差 态度不好 态度恶劣 态度很差 坑人 坑爹 坑我 太坑 被坑 骗 骗人 宰客 宰人 被宰 黑店 乱收费 "
        "多收 多收了 垃圾 气死 生气 恼火 愤怒 火大 失望 什么破 什么玩意 不像话 忽悠 糊弄 敷衍 不负责 "
        "不负责任 没修好 没弄好 没洗干净 没换好 没处理好 没解决 还是响 还是漏 还是不行 还是坏 又坏 又响 "
        "又漏 又出问题 又亮 又犯 修坏 弄坏 搞坏 越修越 修了几次 修了三次 修了两次 返修 返工 偷工减料 "
        "假货 假配件 旧件 以次充好 退款 退钱 赔 赔偿 说法 讨个说法 给个说法 给我个说法 给个解释 "
        "解释一下 不靠谱 没人管 没人理 不理人 爱理不理 等了 干等 白等 太慢 慢死 太久了 拖了 拖延 "
        "complain complaint terrible awful unacceptable disappointed rude bad_service poor_service "
        "not_happy unhappy dissatisfied ripped_off overcharged worst horrible angry not_satisfied 脸色 "
        "摆脸 骂 推卸 踢皮球 欺骗 弄脏 少了 丢了 不见了 被偷 态度真 什么态度 啥态度 这服务 你们这服务 "
        "无语 呵呵 太过分 过分 离谱 嘈 激气 屎 好嬲 投拆 没搞好 差到 差极 蒙人 缺德 装错 换错 弄错 加错 "
        "装反 漏装 忘了装 没拧 没装好 反复 老毛病 问题依旧 又开始 不认账 still_not_fixed not_fixed "
        "still_broken lied scam refund 弄丢 刮了我 划了我 没洗 虚假 套路 不专业 坏了没修 没修 越修 "
        "一塌糊涂 白花 要求退款 不透明 不认 怎么修的 怎么搞的 怎么弄的 咋修的 咋弄的 咋搞的 怎么做的 "
        "怎么洗的 怎么换的 修不好 弄不好 治不好 太冲 很冲 凶 不耐烦 吼 冷淡 冤枉 不合理 是旧的 要求重新 "
        "等到天 让我等 等半天 等这么久 waiting_for nobody_cares been_waiting was_rude messed_up "
        "made_it_worse 更响了 更严重 更大了 更差 没人理我 理都不理 不讲理 说谎 撒谎 不诚信 名不副实 "
        "不值 不公平 什么服务 啥服务 什么水平 啥水平 什么技术 水平太差 乱来 乱搞 乱修 瞎搞 瞎弄 马虎 "
        "不认真 不细心 太随便 粗心 害我 耽误 误了 黑心 店大欺客 欺负 恶心 呕 太贵了吧 抢钱 吃相 "
        "推三阻四 不处理 不解决 没人处理 没人跟进 没人回复 一直没人 没下文 处理结果 要个说法 还我 赔我 "
        "负责到底 得负责 谁负责任 badly ridiculous poor 坑钱 真坑 好坑 坑死 太坑了 挺坑 根本不 根本没 "
        "不会修 修得什么 洗得什么 弄得什么 做得什么"
    ),
    "COMPLAIN": (
        "投诉 举报 12315 差评 complain complaint 讨个说法 给个说法 给我个说法 投拆 消协 曝光"
    ),
    "PERSON": (
        "人工 转人工 真人 客服 人工客服 找个人 找人 活人 真的人 转接 叫人 经理 店长 老板 负责人 主管 "
        "顾问 师傅 技师 接待 销售 service_advisor advisor 工作人员 店员 同事 领导 human agent operator "
        "real_person representative manager someone customer_service live_person person staff 坐席 员工 "
        "小姐姐 小哥 老师傅 接线员 专人 服务顾问 小王 王工 前台 大堂 店主"
    ),
    "REACH": (
        "转人工 转接 找 叫 喊 接 跟 和 联系 联系我 给我打 打电话 打给我 打个电话 回电 回个电话 来电话 "
        "来个电话 回我电话 给我回 回复我 speak talk call_me contact talk_to speak_to speak_with connect "
        "transfer 通话 电联 找下 转 帮我转 聊 说话 沟通 对话 出来 搵 倾 get_me 沟通一下 call phone_me"
    ),
    "HUMAN": (
        "转人工 人工 人工服务 人工客服 找人工 真人 找真人 活人 真的人 找个人 找人说 叫个人 叫人来 "
        "换个人 换人来 不要机器人 不想跟机器人 不跟机器人 别用机器人 机器人 real_person human "
        "live_agent live_person customer_service 客服 转客服 找客服 call_me 给我打电话 给我打个电话 "
        "打电话给我 回个电话 回我电话 给我回电 给我回个 来个人 有人吗来 打给我 speak_to_someone "
        "talk_to_someone talk_to_a_person speak_to_a_person agent operator representative 人在吗 有真人 "
        "听不懂人话 你是机器人 搵人 回电话 电话联系我 让人联系我 有活人 打我电话 让人给我 派个人 "
        "打个电话给我 联系我 跟人聊 跟人说 和人说 来个活 转接 加我微信 加微信 打我手机 打我 "
        "put_me_through someone_call 拨给我 和他说 跟他说 和他通话 人来说 人来处理 人来接 人来跟 "
        "真人服务 human_being 活的"
    ),
    "FRIEND": (
        "朋友 好友 同事 亲戚 老乡 邻居 闺蜜 兄弟 哥们 哥们儿 同学 friend friends 别人 家人 我弟 我哥 "
        "我姐 我妹 老公 老婆 表哥 我爸 我妈 伙计 表弟 家里人 邻居家 coworker colleague 老表 发小 舅舅 "
        "叔叔 客户 客人 顾客 人过来 新客"
    ),
    "RECOMMEND": (
        "推荐 介绍 转介绍 邀请 推荐有礼 推荐码 邀请码 邀请链接 推荐链接 老带新 带朋友 分享 转发 拉新 "
        "拉人 refer referral invite recommend 推介 安利 带个朋友 带人 叫朋友 介绍过来 推薦 带客 "
        "推荐奖励 推荐人 邀请函 推给 专属链接 二维码海报 拉了 拉个 推荐给 带来 bring_a_friend "
        "recommended 介绍人 提成 佣金 referral_bonus"
    ),
    "REFER": (
        "推荐有礼 推荐码 邀请码 邀请链接 推荐链接 老带新 转介绍 推荐朋友 推荐给朋友 介绍朋友 邀请好友 "
        "邀请朋友 带朋友 refer_a_friend referral invite_a_friend invite_friends 推荐好友 推荐个朋友 "
        "介绍个朋友 推荐奖励 拉新 介绍给朋友 朋友介绍 refer_my_friend 介绍人来 介绍客人 带新客 带客"
    ),
    "SOLD": (
        "车卖了 车已经卖了 车已卖 卖掉了 卖掉 卖了 已经卖 转手 过户了 过户给 过户 报废了 报废 车报废 "
        "车给别人 送人了 车送人 不是我的车 不是我的了 不在我名下 不在我手上 不在我手里 换车了 换了新车 "
        "换了辆 换了台 车没了 没车了 不开这车 不开那 置换掉 置换了 出手了 出掉了 sold_my_car "
        "sold_the_car sold_it sold car_is_sold no_longer_own don't_own don't_have_the_car "
        "don't_have_that_car 出咗 卖出 车主换 换车主 处理掉 车已经不在 抵给 给我儿子 给我弟 旧车 "
        "不是车主 没有这辆车 没这辆车 没这车 没有这车 scrapped traded_in 已售 卖给 不是我了 车主不是 "
        "易主 转卖 转让 转给 户过 不用这个车 不用这辆车 不开这个车 不开这辆 没有车了 开走了 不用那辆"
    ),
    "WANT_SELL": (
        "想卖 要卖 卖车 能卖 置换 估价 收车 回收 sell_my 卖多少 值多少 准备卖 打算卖"
    ),
    "LIGHT": (
        "故障灯 报警灯 警告灯 警示灯 发动机灯 黄灯 红灯亮 机油灯 胎压灯 刹车灯亮 abs灯 水温灯 电瓶灯 "
        "气囊灯 安全气囊灯 esp灯 仪表盘 仪表 灯亮了 灯亮 亮灯 亮了 亮红灯 亮黄灯 亮着 亮个 亮起 报警 "
        "报故障 故障码 故障提示 提示故障 报错 冒黄灯 check_engine warning_light engine_light "
        "light_is_on light_came_on dashboard light_on warning 龟灯 乌龟灯 感叹号 叹号 黄色的灯 红色的灯 "
        "灯一直亮 灯一直闪 灯闪 闪灯 灯着 着灯 动力受限 动力系统故障 系统故障 电池故障 胎压异常 "
        "胎压报警 胎压不足 亮故障 灯常亮 灯不灭 灯会亮 着咗 亮咗 跳灯 红灯 亮一个 亮起来 弹出 限速模式 "
        "小乌龟 steering_light epc epc灯 ebd灯 限功率 请检查 stop灯 warning_lamp lit_up 亮又 亮了个 "
        "冒红灯 表盘 orange_light yellow_light red_light 三角 请立即停车 立即停车"
    ),
    "NOT_LIGHT": (
        "大灯 车灯 尾灯 灯泡 氛围灯 转向灯 雾灯 闯红灯 等红灯 灯不亮 阅读灯 红灯区 远光 近光 日行灯 "
        "红绿灯 headlight headlights 双闪"
    ),
    "MY_DATA": (
        "我的资料 我的信息 我的数据 我的档案 个人信息 个人资料 个人数据 隐私 存了我 收集了我 有我什么 "
        "我的记录 导出 谁看过 谁查过 谁看了 看过我 查过我 更正 更新资料 修改资料 改资料 改手机号 "
        "换手机号 换号 换了手机号 手机号换 电话换了 换电话 改电话 手机号改 号码换 改名字 名字错 信息错 "
        "资料错 my_data my_information my_info my_personal export what_do_you_know data_you_have "
        "my_profile my_record 我的手机号 保养记录 维修记录 消费记录 撤回同意 撤回授权 授权 我的档 "
        "名字写错 名字不对 电话变 我的车辆信息 车辆信息 绑定手机 改绑 换绑 信息更新 资料更新 who_looked "
        "who_accessed 留了我 改下我的 资料改 信息改 留的什么 我登记的 登记了我 登记的信息 有哪些我 "
        "关于我"
    ),
    "ERASE": (
        "注销 销户 删除我 删掉我 删了我 清除我 清空我 抹掉 忘记我 忘掉我 删号 删除账 删除所有 删除个人 "
        "删除资料 删除数据 删除信息 删资料 把我删 把我的信息删 把我的资料删 delete_my erase delete_me "
        "forget_me remove_my remove_me delete_all close_my_account 彻底删 全部删 不要保存我 不要保留 "
        "别保留 不要存我 别存我 销毁 delete_account delete_everything 删干净 删除我的 删光 清除数据 "
        "清掉我 清除信息 抹除 永久删除 清空数据 删除权 被遗忘权"
    ),
    "DELETE": (
        "删 删除 删掉 清除 清空 抹掉 销毁 delete erase remove wipe 刪 deleted 删除权 被遗忘权 移除 删了 "
        "删光"
    ),
    "DATA": (
        "资料 信息 数据 记录 档案 账号 账户 个人信息 data account information info 帐号 隐私 号码 "
        "手机号 电话 我的电话 我电话"
    ),
    "SENDING": (
        "推送 短信 广告 消息 通知 信息 推广 营销 群发 提醒 促销 微信 打扰 骚扰 messages message texts "
        "text spam ads promotions marketing notifications promotional 推销 垃圾短信 烦我 联系我 发了 "
        "推了 再发"
    ),
    "STOP": (
        "退订 取消订阅 取消推送 取消关注 取关 unsubscribe opt_out stop_sending don't_send do_not_send "
        "no_more 别发 别再发 不要再发 不要发 不要给我发 别给我发 别推 别再推 不想收 不想再收 不要收 "
        "不接收 停止发送 停止推送 关闭推送 关掉推送 关闭通知 拒收 屏蔽 拉黑 别烦我 别打扰 不要打扰 "
        "别骚扰 不要骚扰 勿扰 别联系我 不要联系我 不要再联系 别再联系 唔好再发 唔好发 不要推送 不要再推 "
        "回td 退定 退訂 停发 别再给我发 不要再给我发 别总发 别老发 别天天发 别再打 不要再打电话 "
        "别给我打 不要打电话 不想收到 不再接收 取消短信 取消通知 别再烦 别群发 stop_messaging "
        "stop_texting leave_me_alone remove_me_from 唔好再 关推送 取消提醒 别打电话 不希望收到 拒绝接收 "
        "拒绝推送 关掉通知 td退订 回t退订 别来烦 取消接收"
    ),
    "START": (
        "恢复推送 重新订阅 我要订阅 订阅 恢复订阅 重新接收 恢复接收 开启通知 开启推送 打开推送 打开通知 "
        "可以给我发 可以发我 继续给我发 继续发 同意接收 愿意接收 我要接收 接收推送 接收通知 接收优惠 "
        "想收到 恢复短信 恢复通知 subscribe opt_in resubscribe sign_me_up start_sending 有活动通知我 "
        "有活动告诉我 有优惠通知我 有优惠告诉我 有活动叫我 记得通知我 重新关注 再发给我 恢复发送 "
        "有优惠发我 有活动发我 又想收 重新开通 重新打开 keep_me_posted send_me_offers "
        "send_me_promotions 恢复 接收你们 以后有活动 以后有优惠 同意推送 要接收 接收消息 都发我 "
        "取消退订 可以给我推 可以推送 想再收 再收活动 欢迎推送"
    ),
    "BACK": (
        "返回 上一步 上一级 退回 回上一步 后退 back go_back 返回上一步 回到上一步 回退 上一个问题 "
        "上一页 返上一步 previous 往回 倒回去 退一步 previous_step 前一步 前一个 前一题"
    ),
    "RESTART": (
        "重新开始 重来 从头来 从头开始 重头来 再来一遍 重新来 重新填 重置 restart start_over "
        "start_again begin_again /start 从新开始 从新来 重新弄 重开 推倒重来 清空重来 reset 重新走 "
        "重新选一遍 由头嚟过 从头再 重头开始 再来一次 全部重来 都不算 推翻 从第一步 第一步开始 从头再来"
    ),
    "HELP": (
        "帮助 菜单 主菜单 功能 你能做什么 你会什么 你会干什么 你能干嘛 你能干什么 能做些什么 有什么功能 "
        "有哪些功能 怎么用你 怎么使用 如何使用 使用说明 操作指南 help /help menu what_can_you_do 说明书 "
        "教教我 怎么操作 怎么玩 你可以做什么 首页 指令 你能帮我什么 你能帮我做 你有什么用 会些什么 "
        "可以干嘛 可以干什么 how_does_this_work commands 你是干嘛 你是做什么 怎么弄 不会用 有啥功能 "
        "都能干 本事 怎么用啊 怎么用呢 这个怎么用 做点啥 做点什么"
    ),
    "YES": (
        "好 好的 好啊 好呀 好吧 好滴 好哒 好嘞 好咧 好勒 可以 可以的 可 行 行的 行吧 行啊 是 是的 是啊 "
        "是呀 对 对的 对啊 对呀 没错 嗯 嗯嗯 恩 恩恩 嗯呐 ok okay okey okk k yes y yy yep yeah yup sure "
        "确认 确定 没问题 就这个 就这样 就它 就这 成 中 妥 妥了 要得 得 得嘞 得咧 同意 要 要的 需要 "
        "需要的 就这么定 就这么定了 定了 那就这样 没毛病 正确 无误 confirm confirmed correct right "
        "sounds_good go_ahead 好的呢 好呢 嗯好 系 系啊 系嘅 冇问题 必须的 当然 当然可以 当然了 行呢 "
        "没意见 就约这个 就定这个 就这个时间 照办 fine perfect that_works works_for_me absolutely great "
        "愿意 有兴趣 感兴趣 我要 想要 接受 了解 明白 知道了 收到 晓得 晓得了 好好 好好好 行行 对对 "
        "对对对 是是 是滴 木问题 ojbk 欧了 欧克 好说 就那个 就按这个 就这么办 安排 安排上 可以啊 可以呀 "
        "系的 好啲 约吧 没错的 确认无误 提交 好的好的 可以可以 行行行 中中 嗯嗯嗯 嗯哼 of_course "
        "definitely affirmative i_agree agree 阔以 口以 得得 好des 就酱 没有问题 冇错 就咁 就這樣 "
        "先这样定 ok的 okok 1111 就这么着"
    ),
    "NO": (
        "不 不是 不是的 不对 不行 不用 不用了 不要 不要了 不了 不可以 不可 不需要 不好 否 没有 没了 没 "
        "no n't nope nah not_now no_thanks no_thank_you 没有了 不必 不必了 不想 不愿意 不同意 不感兴趣 "
        "没兴趣 暂时不 暂时不要 暂时不需要 暂不 先不用 先不要 先不 先不了 不合适 不方便 不太方便 "
        "以后再说 下次再说 下次吧 再说吧 再说 改天再说 考虑一下 再考虑 再想想 我想想 想一下 拒绝 唔系 "
        "唔要 唔使 唔好 不中 不成 不得行 木有 免了 不准确 不正确 not_really wrong incorrect "
        "not_interested maybe_later later no_need don't_want 用不着 不办 不去 没必要 不需要了 不用麻烦 "
        "别 别了 错 错了 错的 不接受 唔得 唔使了 没有的 没那个 没打算 不考虑 都不行 都不要 都不合适 "
        "不要这个 不是这个 不是我 冇 冇兴趣 下回吧 下次一定 没有其他 没别的 没有别的 没其他 没啥 没什么 "
        "不太想 不太需要 没问题要 不咋想 不是很想 没有其他问题 没有别的问题 没其他问题 不用管"
    ),
    "GREETING": (
        "你好 您好 你好啊 您好啊 hi hello hey 嗨 哈喽 哈啰 哈罗 在吗 在不在 在么 在嘛 早上好 上午好 "
        "中午好 下午好 晚上好 早安 晚安 早啊 早 喂 有人吗 有人在吗 有人么 亲 美女 帅哥 老板好 你好呀 "
        "hello_there good_morning good_afternoon good_evening 雷猴 你哋好 大家好 hallo 嘿 早晨 在没 "
        "在线吗 有人不 拜拜 再见 嗨喽 哈咯 吃了吗 新年好 小姐姐 您好呀 nihao 老板 师傅 师傅好 师傅您好 "
        "亲亲 hiya yo good_day howdy 回车 bye goodbye 请问 忙吗 各位好 过年好 morning"
    ),
    "THANKS": (
        "谢谢 谢谢你 谢谢您 谢谢啦 谢谢了 多谢 多谢了 谢了 感谢 辛苦 辛苦了 辛苦啦 3q thx thanks "
        "thank_you thankyou 唔该 唔该晒 十分感谢 非常感谢 太感谢了 麻烦你了 麻烦您了 麻烦了 费心了 tks "
        "3ks cheers appreciate 蟹蟹 谢啦 谢 劳驾 感恩 多谢晒 感谢感谢 谢谢谢谢 有劳 谢谢师傅 爱你 比心 "
        "太谢谢了"
    ),
    "QUESTION": (
        "吗 么 嘛 ? 呢 怎么 咋 如何 为什么 为啥 为何 什么 啥 哪 几 多少 多久 多长 能不能 可不可以 "
        "可以吗 要不要 是不是 有没有 用不用 需不需要 会不会 行不行 好不好 对不对 该不该 点解 点样 咩 边 "
        "how what why when where which can_you do_you is_it does should 多大 谁 请问 想问 问一下 问下 "
        "咨询 请教 干嘛 未 没有? 能否 是否 可否 不? 哪个 什么样 怎样 几时 唔系 啥时候 行不 成不 中不 "
        "好不 能不 有木有 冇 did_i have_i 可唔可以"
    ),
    "HOW_TO": (
        "怎么办 怎么回事 咋回事 怎么连 怎么开 怎么关 怎么调 怎么设置 怎么用 怎么充 怎么弄 怎么换 怎么加 "
        "怎么看 怎么选 如何 为什么 为啥 要注意 注意什么 多久一次 多久做一次 多久换一次 多久保养 多久换 "
        "多长时间换 多少公里换 几年 几个月 多少公里 多少公里一次 包括什么 包括哪些 包含 哪些项目 "
        "什么项目 都做什么 做些什么 有什么区别 区别 哪个好 哪种好 有必要 用什么 加什么 需要带 要带什么 "
        "带什么 带啥 能刷卡 刷卡 微信支付 支付宝 发票 开票 休息室 休息区 wifi 代步车 等多久 要多久 多久 "
        "多长时间 要多长时间 几个小时 几小时 影响 过保 在保 保不保 保修期 质保期 还在保 保多久 保几年 "
        "包不包 原厂 正品 什么牌子 什么品牌 有货吗 有没有货 有现货 现货 支持 可以分期 分期 付款 充电 "
        "蓝牙 ota 升级 过户 保险 理赔 违章 手续 证件 要求 how_often how_long how_do_i how_to "
        "what_should does_it_cover covered what_kind do_you_accept do_you_have can_i_pay do_you_offer "
        "invoice 会员 积分 活动 什么活动 排名 救援 拖车 道路救援 抛锚 92 95 标号 能用 能不能用 需要换 "
        "用换 免检 上牌 试驾 新车 车型 做不做 修不修 接不接 有卖 能修 会修 什么意思 啥意思 是啥 是什么 "
        "正常吗 正常不 有问题吗 有事吗 有影响吗 要紧吗 能开吗 还能开 可以开 能跑高速 推荐什么 推荐哪 "
        "几天 休息的地方 休息处 等候 等待区 上网 怎么充电 怎么保 带哪些 什么资料 专票 普票 什么花纹 "
        "还管吗 管不管 哪些资料 什么材料 bring_anything 的时候可以 的时候能 的时候要 的时候有 期间可以 "
        "怎么启动"
    ),
    "ASKS": (
        "请问 想问 问一下 问下 咨询 请教 想了解 了解一下 想知道 问问 打听 ask question wondering 想咨询"
    ),
    "CAR_TALK": (
        "车 油 胎 充电 发票 保险 上牌 质保 保修 钥匙 蓝牙 电池 续航 里程 机油 水 保养 维修 配件 零件 轮 "
        "刹 空调 发动机 电瓶 店 会员 积分 活动 服务 门店 工位 证 方向盘 玻璃 雨刮 座椅 高速 油耗 噪音 "
        "异响 抖 car tyre tire oil battery brake warranty invoice engine pay you_guys your_shop "
        "charging 你们 导航 停车 刷卡 支付 休息 wifi 付款 赠送 套餐 项目 里面 新能源 电车 油车 混动"
    ),
    "SYMPTOM": (
        "异响 响 抖 抖动 漏油 漏水 冒烟 冒白烟 冒黑烟 异味 有味 很大味 噪音 顿挫 没劲 没力 费油 坏了 "
        "不亮 不灵 失灵 不好使 卡 卡住 熄火 抛锚 怪声 嘎吱 咯噔 吱吱 嗡嗡 哐当 咣当 松了 软 硬 发软 "
        "踩不 不工作 不动 打滑 高温 开锅 水温高 烧机油 出问题 有问题 有毛病 毛病 故障 noise noisy leak "
        "leaking broken shaking vibration smoke smell stalls 不凉 不冷 不热 唔冻 唔热 不出 没反应 掉了 "
        "断了 裂了 碎了 进水 泡水 漏 嘎嘎 当当响 咔咔 不对劲 难闻 臭 哒哒 不制冷 不制热 不正 歪 扎了 "
        "爆了 瘪 瘪了 鼓包 磨平 磨光 磨没 到期了 快到期 该换 该做 该保养 要到期 不太行 不给力 耗电 掉漆 "
        "划痕 凹 被刮 被撞 被划 被蹭 蹭了 刮了 刮花 撞了 剐 追尾 砸了 不够用 打不着 没电 跑偏 老化 "
        "到了该 脏 squeak squeal squeaking grinding flat dead cold_air not_cooling weak worn 慢撒气 "
        "due_for 该换了 要换了 要保养了 要年检了 到保养 到时间 到公里"
    ),
    "ABOUT_APPT": (
        "我的预约 我的订单 查预约 查一下预约 查下预约 查询预约 看预约 看看预约 看下预约 看一下预约 "
        "查看预约 我约的 我约了 我预约的 我预约了 我订的 我约在 约的是 约的几点 约了几点 约的哪天 "
        "约到了 约上了 约上没 约上了没 约成功 预约成功 约好了吗 约好没 有没有约上 预约上 有预约 "
        "有没有预约 有约 预约记录 预约信息 预约详情 预约情况 预约状态 我什么时候去 我几点去 "
        "我该什么时候 我哪天去 是几点来着 几点来着 哪天来着 什么时候来着 约的什么 约了什么 约的几号 "
        "我约的是 约的是几 my_appointment my_appointments my_booking my_bookings when_is_my "
        "do_i_have_an_appointment did_i_book 预约在 预约是 预约的是 约了啥 约成了 约成没 约到没 "
        "有我的预约 忘了约 忘记约 忘了几点 忘了是几 预约单 我啥时候去 我约咗 查我的预约 几点来的 "
        "约的时间 预约时间是 预约的时间 哪些预约 几个预约 还有预约 约没约 upcoming_appointments "
        "check_my_appointment"
    ),
    "NEG": (
        "不 没 别 不想 不要 不是 不用 没有 唔 not don't didn't never 不会 别给我 不打算 没说 没想 没要 "
        "没让 并没有 不需要 没打算 千万别 先别 别把 do_not not_want 没有要 没叫 唔好 不必 可别 没想要 "
        "没说要"
    ),
    "WRONG": (
        "不对 错了 搞错 说错 弄错了 写错 打错 填错 输错 选错 应该是 应该 不是 更正 纠正 我说的是 我是说 "
        "我的意思是 记错 看错 口误 i_mean sorry actually not 错啦 wrong mistake no 说反 发错 报错了 "
        "改成 改为 换成 换个车"
    ),
    "AFTER_VISIT": (
        "刚换 刚修 刚做 刚补 刚洗 刚从你们 刚保养 才换 才修 才做 才开 才保养 修完 做完 换完 修了 补完 "
        "洗完 保养完 喷完 拿回来 提回来 开回来 取回来 回来就 回家发现 回来发现 开出去 修好 弄好 换好 "
        "after_you"
    ),
    "STILL": (
        "还是 又 仍然 依旧 依然 照样 还在 again still 老问题 就坏 就响 就漏 结果 发现 没两天 没几天 "
        "不到一周 反而 更"
    ),
    "GIVE_UP": (
        "不要了 不做了 不弄了 不洗了 不换了 不修了 不补了 不喷了 不搞了 退了 退掉 不用了 不需要了 "
        "退一下 退 退下 退了吧"
    ),
    "HOLD": (
        "存我 存了我 存着我 记录了我 收集我 收集了我 留我 留了我 知道我 有我 保存 采集 掌握 记了我 拿我 "
        "about_me you_store you_have you_keep you_hold know_about 都有我"
    ),
    "PERSONAL": (
        "姓名 名字 手机号 手机号码 电话号码 生日 住址 资料 个人信息 联系方式 my_name my_phone my_number "
        "phone_number my_email"
    ),
    "ME": (
        "我 我的 把我 关于我 本人 my me"
    ),
    "GET": (
        "get 拿 得到 要 发 给 send give 来"
    ),
    "HOW_IS": (
        "什么情况 啥情况 怎么样 咋样 怎样 点样 how's how_is 情况如何 如何"
    ),
    "MINE_CAR": (
        "我的车 我车 我那车 我台车 我那台车 我这车 my_car 我的特斯拉 我的爱车"
    ),
    "ADVANCE": (
        "需要提前预约 要提前预约 需要预约 要预约吗 要不要预约 用不用预约 用预约 必须预约 提前预约 "
        "提前多久 提前几天 不预约可以 不预约行 没预约 不预约能 直接过去 直接来 直接去 "
        "without_an_appointment walk_in walk-in need_an_appointment need_appointment"
    ),
    "DOORSTEP": (
        "上门 接送 取送 取送车 上门取车 接车服务 来我家 到我家 from_my_home from_home my_place my_home "
        "home_pickup 代驾 送车上门"
    ),
    "STOPPING": (
        "停止 停 别 不要 不想 关闭 关掉 关了 取消 拒绝 屏蔽 stop don't no_more 不接收 不用 不需要 禁止 "
        "停掉 turn_off 甭 唔好 少 不准 不许 不再 不接受 移出 移除 踢出 取关 请停 退出 不希望 不愿意"
    ),
    "SEND": (
        "推送 短信 广告 推广 营销 群发 促销 推销 骚扰 通知 消息 提醒 垃圾信息 优惠信息 活动信息 "
        "messages message texts text_messages notifications promotions ads marketing emails sms "
        "营销信息 群发名单 名单 推广信息 促销信息 广告信息 短信通知 活动短信 骚扰短信 骚扰电话 "
        "newsletter"
    ),
    "OPENING": (
        "开启 打开 恢复 重新 继续 想收 接收 订阅 可以发 愿意收 再发 turn_on start resume receive 收到 "
        "开通 开一下 要收 再收 想再收 可以给我 可以推"
    ),
    "GO": (
        "来 去 过去 过来 送 开过去 开过来 过 come go visit bring drop 上你们"
    ),
    "HAD": (
        "约了 约的 约好 约在 订的 订了 约咗 预约了 预约的 预约好 已预约 约过"
    ),
    "MUST": (
        "需要 必须 要不要 用不用 该不该 有必要 一定要 非要 得不得 是不是要 需不需要 should should_i "
        "do_i_need need_to 要求"
    ),
    "MODAL": (
        "能 可以 能否 可否 能不能 可不可以 支持 提供 有没有 有 做不做 接不接 收不收 你们 贵店 can_you "
        "do_you is_there are_there will_you"
    ),
    "SHOP": (
        "你们 店 门店 你们店 分店 贵店 店里 4s店 you your_shop your_store shop"
    ),
    "WHERE": (
        "哪条 哪个路 哪条路 几楼 多远 近 远 怎么找 哪个方向 哪栋 哪个口 找到 找不着 哪条街 什么街 顺路 "
        "near far find"
    ),
    "WAY": (
        "怎么走 怎么去 怎么来 怎么到 怎么过 咋走"
    ),
    "CHANGE": (
        "更新 更正 修改 改 改下 改一下 换 变更 变了 更换 update change correct edit 不对 错了 写错"
    ),
    "AGAIN": (
        "想再收 再收 重新 恢复 取消退订 又想 现在想 again 再次"
    ),
    "BIRTHDAY": (
        "生日 过生日 寿星 birthday"
    ),
    "OWNED": (
        "领到 领过 领的 已领 领取的 领好的 找不到 用掉 还剩 剩 没用 没用完 过期没 过期了没 还能用 还在 "
        "领了的"
    ),
    "USE": (
        "用 使用 抵扣 核销 出示"
    ),
    "BEFORE": (
        "上次 上回 last_time 前天做 昨天做 昨天换 昨天修 上周做 上周修 上周换 之前修 之前换 之前做"
    ),
    "BUSY": (
        "没空 没时间 有事 不方便 出差 开会 加班 没空了 没时间了 走不开 赶不上 时间冲突 冲突了 不行了 "
        "busy something_came_up"
    ),
    "OFFTOPIC": (
        "天气 股票 股市 吃什么 吃饭 吃了没 笑话 世界杯 球赛 比赛 房价 彩票 基金 唱歌 唱首歌 写诗 首诗 "
        "电影 新闻 明星 游戏 减肥 男朋友 女朋友 结婚 weather stock stocks joke movie football game "
        "lottery poem 中国队 男的女的 几岁 多大了 喜欢你 爱我 作业 论文 翻译 高考 疫情 总统 首都 几点了 "
        "星期几了"
    ),
    "PARTICLE": (
        "的 了 啊 呀 吧 呢 哦 噢 喔 哈 哈哈 哈哈哈 嘿嘿 那 那就 就 我 您 你 嘛 啦 咯 哟 哎 唉 诶 欸 呗 "
        "请 嘻嘻 先 都 也 还 啥的 这 这个 那个 you guys then it is 来 给 it's a the this that 没事 "
        "么么哒 哦哦 再 太 真 真的 很 师傅 老板 客服 好了 了哦 哇 呜 啰 囉 喽 滴 嘅 咁 吖 ne la 之间 "
        "左右 到 前后 大概 差不多 钟 时候"
    ),
}


_IMPLIED = {"NEW_TIME": "MOVE", "TO_NEW": "MOVE", "ABOUT_APPT": "APPOINTMENT", "CARD": "COUPON", "COMPLAIN": "UNHAPPY", "MY_DATA": "DATA"}
_COUPON = re.compile("券|劵|红包|coupon|voucher")


def _index(words: dict[str, str]) -> tuple[dict[str, int], dict[str, list[tuple[str, int, bool]]]]:
    """One bit per concept, and the words by first letter, longest first."""
    bits = {concept: 1 << place for place, concept in enumerate(words)}
    masks: dict[str, int] = {}
    for concept, listed in words.items():
        for word in listed.split():
            key = word.replace("_", " ")
            masks[key] = masks.get(key, 0) | bits[concept]
    for word in masks:
        for concept, implied in _IMPLIED.items():
            if masks[word] & bits[concept]:
                masks[word] |= bits[implied]
        if _COUPON.search(word):
            masks[word] |= bits["COUPON"] | bits["CARD"]
    by_first: dict[str, list[tuple[str, int, bool]]] = {}
    for word, mask in masks.items():
        by_first.setdefault(word[0], []).append((word, mask, word[0].isascii() and word[0].isalpha()))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return bits, by_first


BIT, _BY_FIRST = _index(WORDS)


def mask(concepts: Iterable[str]) -> int:
    """The bits of some concepts together."""
    bits = 0
    for concept in concepts:
        bits |= BIT[concept]
    return bits


def tag(low: str) -> list[tuple[int, int, int]]:
    """(start, end, concept bits) of each known word, longest match from the left."""
    found, position, length = [], 0, len(low)
    while position < length:
        step = 1
        for word, bits, latin in _BY_FIRST.get(low[position], ()):
            if low.startswith(word, position) and not (
                latin and _inside_word(low, position, position + len(word))
            ):
                step = len(word)
                found.append((position, position + step, bits))
                break
        position += step
    return found


def _inside_word(low: str, start: int, end: int) -> bool:
    before = start > 0 and "a" <= low[start - 1] <= "z"
    after = end < len(low) and "a" <= low[end] <= "z" and low[end - 1].isascii()
    return before or after
