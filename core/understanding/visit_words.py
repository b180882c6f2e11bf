"""Words about visits, cars, prices, places and coupons."""

from __future__ import annotations

# concept: its words; "_" stands for a space, and a word may stand under several concepts
WORDS: dict[str, str] = {
    "BOOK": (
        "预约 预 约 约个 约一下 约下 订 预订 预定 订个 登记 排个号 排个队 安排 安排一下 挂个号 挂号 排期 "
        "报名 排个时间 留个位 留位 占个位 book booking schedule appointment make_an_appointment reserve "
        "reservation 约个时间 定个时间 订个时间 整个时间 yy预约 予约 预月 预药 留个工位 定个位 book个 "
        "约时间 排一下 排个位 book_in 怎么预约 如何预约 点样预约 怎么约 如何约 squeeze_me fit_me see_me "
        "插个队 插队 加个塞 留个 排上 排进 come_by drop_by bring_it_in bring_the_car"
    ),
    "APPOINTMENT": (
        "预约 预约单 约的 约了 约好 约好了 订单 预定的 订的 约咗 appointment appointments booking "
        "bookings reservation 已约 约在 约到 约过 安排的 预约的 那单 那个单 这单 予约 那个号 我的号 号子 "
        "位子 单子 这个号"
    ),
    "WISH": (
        "我想 我要 想 要 需要 打算 准备 麻烦 帮我 给我 帮忙 请帮 希望 计划 i_want i'd_like i_need want "
        "need would_like can_i could_i please 想要 我得 该 要去 想去 想来 要来 得去 我来 过去 过来 去一趟 "
        "跑一趟 来一趟 上门 帮手 唔该帮 可唔可以 想问下能 想过去 要过去 开过去 开过来 送过去 送过来 "
        "去你们那 去店里 到店 来店 去做 来做 去弄 来弄 来搞 去搞 去换 来换 去修 来修 bring_my bring_it "
        "drop_off come_in"
    ),
    "DO": (
        "做 换 修 弄 搞 整 洗 补 喷 装 查 看看 瞧瞧 看一下 看下 处理 更换 维修 做个 做一下 做下 换个 换下 "
        "修一下 加 贴 拾掇 捯饬 整一下 检修 睇下 fix repair replace change check do get 做定位 做个定位"
    ),
    "ROOM": (
        "其他时间 别的时间 更早的 更晚的 早一点的 晚一点的 另外的时间 几号有 几号能 几号可以 "
        "有位 有空位 有号 有没有位 还有位 有空 有时间吗 约得上 排得上 约满 能约 可以约 还能约 好约 空位 "
        "工位 排队 能排 什么时候能做 什么时候有 什么时候可以来 什么时候可以做 几时有 哪天有 哪天可以 "
        "哪天能 几点可以来 几点能来 几点有 几点能做 可以过来吗 可以过去吗 能过去吗 能过来吗 能来吗 "
        "可以来吗 可以去吗 能做吗 能不能做 可以做吗 能弄吗 做得了吗 约不约 available availability "
        "any_slot slot slots free_slot 有空吗 得闲 有冇位 有名额 能安排 什么时候方便 能修吗 能换吗 能洗吗 "
        "可以换吗 可以修吗 可以洗吗 能补吗 可以保养吗 能保养吗 来得及吗 忙不忙 人多吗 人多不多 要排队吗 "
        "用排队吗 排队多吗 还有号 名额 有没有号 还有空 还有时间 有时间"
    ),
    "MOVE": (
        "改时间 改个时间 改下时间 改一下时间 改期 改约 改到 改去 改在 改一下 改下 改个 换个时间 换时间 "
        "换一下时间 换个日子 换一天 改天再约 推迟 延后 延期 往后 往前 往后推 提前 提早 顺延 推到 推后 "
        "调到 调整 调一下 挪 挪到 挪个 换到 换去 换在 重新约 重约 另约 改 调个 错开 改日子 改个日子 改签 "
        "变更 变动 更改 修改 延到 调时间 调换 晚点到 晚到 调去 改预约 reschedule postpone push_it push_that "
        "push_it_back push_that_back push_my "
        "push_the move_that move_my "
        "move_it move_the change_my_appointment change_the_appointment change_it_to push_back "
        "change_my_booking another_time different_time change_the_time bring_forward instead_of 换成 改成 "
        "改为 改至 重新预约 重新安排 变到 早点来 move_to 能提早 能提前 可以提前 可以提早"
    ),
    "NEW_TIME": (
        "改时间 改个时间 改下时间 改一下时间 改期 改约 换个时间 换时间 换一下时间 换个日子 改天再约 推迟 "
        "延后 延期 往后推 顺延 重新约 重约 另约 改日子 改个日子 改签 调时间 改预约 reschedule postpone "
        "move_my change_my_appointment change_the_appointment change_my_booking push_back 重新预约 "
        "重新安排 换一天 推后 change_the_time bring_forward 晚点到 晚到 迟到 晚点来 晚点去 晚点过 早点去 "
        "早点来 早点过 提早点 提前点 running_late be_late late_for 换个点 换个点儿 时间不行 时间不合适 "
        "make_it instead push_it_back push_that_back"
    ),
    "TO_NEW": (
        "改到 改成 改为 改去 改在 改至 换到 换成 换去 换在 挪到 推到 推迟到 提前到 延到 延期到 调到 "
        "推后到 延后到 提早到 变成 改约到 改约 move_to change_to change_it_to reschedule_to 顺延到 "
        "改 调去 变到 改期到 调整到 往后推到 更改为 修改为 更改到 更正为 修改成 更正成 调成 挪去 挪"
    ),
    "CHANGE": "更新 更正 修改 改 改下 改一下 换 变更 变了 更换 update change correct edit 不对 错了 写错",
    "DROP": (
        "划掉 取消 撤销 撤掉 撤了 退掉 退了 取消掉 取消吧 取消了 取消下 cancel 去掉 删掉 作废 取消一下 退约 "
        "消掉 qx 取消订 cancle cancelled canceled 唔要 call_off 取銷"
    ),
    "CANT_COME": (
        "来不了 去不了 到不了 不来了 不去了 过不去 赶不过去 赶不上 赶不到 来不成 去不成 唔嚟 来唔到 "
        "去唔到 没法来 没法去 没法过去 没办法来 没办法去 没时间去 没时间来 没空去 没空来 不能来 不能去 "
        "过不来 来不及 不过去了 不过来了 不用来了 不想去了 不想来了 去不上 来不上 抽不开身 走不开 "
        "can't_make_it cannot_make_it won't_be_able_to_make won't_be_able_to_come not_able_to_make "
        "unable_to_make can't_be_there can't_come won't_make_it not_coming can't_make 爽约 不用去了 "
        "不能过去 去唔切 没法到 没空过去 不打算去 没办法过去"
    ),
    "BUSY": (
        "没空 没时间 有事 不方便 出差 开会 加班 没空了 没时间了 走不开 赶不上 时间冲突 冲突了 不行了 busy "
        "something_came_up"
    ),
    "GIVE_UP": (
        "不要了 不做了 不弄了 不洗了 不换了 不修了 不补了 不喷了 不搞了 退了 退掉 不用了 不需要了 退一下 退 退下 退了吧"
    ),
    "QUIT": (
        "算了 不弄了 不搞了 不办了 不约了 不预约了 不订了 不做了 不换了 不修了 不洗了 退出 结束 终止 放弃 "
        "停止 不填了 没事了 不继续 不整了 先不弄 先不约 先不预约 never_mind nevermind forget_it quit exit "
        "abort 拉倒 不玩了 取消操作 取消吧 取消 cancel 算啦 唔搞 唔整 唔约 不问了 不想弄 不想约 不想预约 "
        "不想做了 /cancel 不聊了 不需要约 不约 不办 不搞 先算 不弄 不想继续"
    ),
    "HAD": "约了 约的 约好 约在 订的 订了 约咗 预约了 预约的 预约好 已预约 约过",
    "ABOUT_APPT": (
        "我的预约 我的订单 查预约 查一下预约 查下预约 查询预约 看预约 看看预约 看下预约 看一下预约 "
        "查看预约 我约的 我约了 我预约的 我预约了 我订的 我约在 约的是 约的几点 约了几点 约的哪天 约到了 "
        "约上了 约上没 约上了没 约成功 预约成功 约好了吗 约好没 有没有约上 预约上 有预约 有没有预约 有约 "
        "预约记录 预约信息 预约详情 预约情况 预约状态 我什么时候去 我几点去 我该什么时候 我哪天去 "
        "是几点来着 几点来着 哪天来着 什么时候来着 约的什么 约了什么 约的几号 我约的是 约的是几 "
        "my_appointment my_appointments my_booking my_bookings when_is_my do_i_have_an_appointment "
        "did_i_book 预约在 预约是 预约的是 约了啥 约成了 约成没 约到没 有我的预约 忘了约 忘记约 忘了几点 "
        "忘了是几 预约单 我啥时候去 我约咗 查我的预约 几点来的 约的时间 预约时间是 预约的时间 哪些预约 "
        "几个预约 还有预约 约没约 upcoming_appointments check_my_appointment"
    ),
    "ADVANCE": (
        "需要提前预约 要提前预约 需要预约 要预约吗 要不要预约 用不用预约 用预约 必须预约 提前预约 "
        "提前多久 提前几天 不预约可以 不预约行 没预约 不预约能 直接过去 直接来 直接去 "
        "without_an_appointment walk_in walk-in need_an_appointment need_appointment need_to_book have_to_book "
        "without_booking do_i_need_an_appointment "
        "do_i_need_to_book do_i_have_to_book should_i_book"
    ),
    "GO": "来 去 过去 过来 送 开过去 开过来 过 come go visit bring drop 上你们",
    "PRICE": (
        "多少钱 多钱 价格 价钱 价位 费用 报价 收费 怎么收 咋收 几钱 几多钱 几多 多少米 贵吗 贵不贵 便宜 "
        "花多少 花费 报个价 什么价 啥价 几块 几百 几千 打折 折扣 优惠吗 有优惠 有没有优惠 优惠价 活动价 "
        "免费吗 要钱吗 收钱吗 收不收钱 要不要钱 工时费 套餐价 怎么卖 咋卖 怎么算 怎么算钱 预算 多少一次 "
        "多少一条 多少一个 how_much price prices cost costs fee fees charge rate_for quote estimate cheap "
        "expensive 多少银子 什么价位 合计 大概多少 大概要多少 得多少 要多少 是多少 价目 价目表 价 贵唔贵 "
        "点收费 有折扣 划算 能便宜 多少q 多少块 多少元 几个钱 什么价格 discount 多少服务费 服务费 多少费 "
        "收多少 工时费 收工时 the_damage 收几 几百块 多少一下 总共多少 一共多少 多少银两 什么行情 价钱怎 "
        "报价单 明细 贵多少 "
        "便宜多少 一条多少 how_expensive pricing 工钱 手工费 起步价 多少一套 贵 贵不 贵么"
    ),
    "HOURS": (
        "营业时间 几点开门 几点关门 几点下班 几点上班 几点开始 几点打烊 几点营业 开门吗 开门时间 关门时间 "
        "营业吗 营业不 上班吗 上班时间 上班不 休息吗 休息不 放假吗 放假不 开门不 开门没 开不开 开到几点 "
        "开到什么 营业到 做到几点 几点钟开 几点钟关 几点收工 打烊 关门 开门 营业 上班 下班 放假 休息 开工 "
        "收工 放几天假 几天假 休几天 放假几天 opening_hours business_hours are_you_open open_on open_today "
        "open_tomorrow when_do_you open "
        "closed closing_time opening_time hours what_time_do_you 开着吗 开唔开 有开 开着 最晚几点 "
        "最早几点 几点钟开门 有人上班 有人在 开业 值班 开始营业 工作时间 双休 节假日 全年无休 open_until "
        "open_late 最晚到 最晚 最早 还有人吗 还有人 有人不 还开着 开着门 24小时 通宵 加班 夜班"
    ),
    "ADDRESS": (
        "搬到哪 门牌号 几号楼 "
        "地址 在哪 在哪里 在哪儿 在哪边 在边度 喺边 怎么走 怎么去 咋走 咋去 点去 怎么过去 怎么到 位置 "
        "导航 定位发 发个定位 发定位 发我定位 哪条路 地铁 路线 什么路 哪家店近 最近的店 "
        "最近的门店 离我 离我最近 附近 哪个店近 近一点的 几家店 哪些店 门店地址 店址 什么地方 啥地方 "
        "哪个区 哪个位置 哪旮 where_are_you where_is where's address location directions how_do_i_get "
        "how_to_get nearest 远不远 远吗 远么 公交 出口 新址 哪个门 分店 有哪些门店 门店列表 在什么 "
        "哪里 哪块 哪疙瘩 搬去 搬哪 给个定位 给我定位 店定位 定位给我 定位在 你们定位 店铺定位 定位到 "
        "几楼 哪条街 多远 怎么找 找到你们 找不到你们 离得近 怎么来"
    ),
    "PARKING": "停车 停车场 停车位 车位 parking park",
    "SHOP": "你们 店 门店 你们店 分店 贵店 店里 4s店 you your_shop your_store shop",
    "WHERE": (
        "哪条 哪个路 哪条路 几楼 多远 近 远 怎么找 哪个方向 哪栋 哪个口 找到 找不着 哪条街 什么街 顺路 near far find"
    ),
    "STATUS": (
        "修好 弄好 搞好 做好 搞定 完工 弄完 修完 做完 搞完 洗好 洗完 换好 换完 保养好 保养完 喷好 进度 "
        "取车 提车 接车 到哪一步 到哪步 哪一步 还要多久 还需要多久 还得多久 还要等 多久能好 什么时候好 "
        "什么时候能好 几时好 几时搞掂 搞掂 整好 整好未 好了没 好了吗 好没 好了么 好未 好咗未 弄好没 "
        "怎么样了 咋样了 啥时候好 啥时候能好 几点能好 几点能取 几点取 可以取 能取 可以提 能提 完事 完了没 "
        "好没好 好了不 能开走 可以开走 修得 修到 ready is_my_car done_yet finished pick_up pick_it_up "
        "collect_my status progress 整完 维修进度 能拿车 拿车 好了没有 弄得 到什么程度 做到哪 修成 到哪了 "
        "轮到 完没 完了吗 still_working how_long_until 怎么还没 还没好 取得 提得 啥情况了 什么情况了 "
        "如何了 洗得 换得 喷得 做得怎 状态 还没修好 还没弄好 还没做完 还没做好 还没洗好 还没换好 配件到 "
        "到货 环节 交给我 交车 update_on my_car_back the_car_back it_back collect 什么阶段 什么进展 进展 "
        "好了通知 拿回 什么时候交 几点交 "
        "拿到车 取到车 提到车 拿得到车"
    ),
    "HOW_IS": "什么情况 啥情况 怎么样 咋样 怎样 点样 how's how_is 情况如何 如何",
    "MY_CAR": ("我的车 我车 我那车 我那台车 我台车 车子 爱车 车 my_car the_car my_vehicle 我的特斯拉 我的比亚迪 座驾"),
    "MINE_CAR": "我的车 我车 我那车 我台车 我那台车 我这车 my_car 我的特斯拉 我的爱车",
}
