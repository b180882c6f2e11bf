"""Words about coupons, marks, complaints, people, lamps and cars that left."""

from __future__ import annotations

# concept: its words; "_" stands for a space, and a word may stand under several concepts
WORDS: dict[str, str] = {
    "COUPON": (
        "券 优惠券 代金券 红包 礼包 优惠卷 抵用券 卡券 劵 优惠劵 代金劵 抵扣券 折扣券 洗车券 保养券 "
        "生日礼 生日券 生日福利 生日优惠 礼券 礼品 福利 优惠码 coupon coupons voucher vouchers 体验券 卷 "
        "抵金券 现金券 会员券 生日礼物 生日礼包 优惠 赠品 小礼物 奖励 礼物 礼 有礼 好礼"
    ),
    "CARD": (
        "券 优惠券 代金券 红包 抵用券 卡券 劵 优惠劵 coupon coupons voucher vouchers 卡包 优惠卷 卷 "
        "代金劵 保养券 洗车券 生日券 现金券 折扣券 抵扣券 礼券 优惠码 券包 什么券 哪些券 几张券 啥券 有券 "
        "还有券 还券 券能 券过期 用券 券用 券怎么用 券在哪 有优惠券吗 有什么优惠券 有哪些优惠券 "
        "有没有优惠券 券码 看看券 查券 查看券 看券 查我的券 什么优惠券 哪些优惠券 券是什么 什么卡券 "
        "有没有券 我的券 我的优惠券 我的卡券 我的优惠 我的红包 我的代金券 我的卡包 my_coupons my_coupon "
        "my_vouchers my_voucher"
    ),
    "CLAIM": (
        "领 领取 领一下 领个 怎么领 我要领 claim redeem get_my 收下 领券 领劵 抢 要一张 给我一张 来一张 "
        "发我一张 送我 领走 领下 领一张 有没有券领 可以领 能领 领不领 领啊 点击领 兑换 兑 领红包 给张 "
        "发张 要张 拿张 我要了 我要这 要了"
    ),
    "GET": "get 拿 得到 要 发 给 send give 来",
    "MY_COUPON": (
        "我的券 我的优惠券 我的卡券 我的优惠 我的红包 我的代金券 我的卡包 券包 卡包 什么券 哪些券 几张券 "
        "啥券 有券 还有券 券还 券能 券过期 过期 到期 有效期 用券 券用 券怎么用 券在哪 用掉 没用的 没用完 "
        "还能用 能用吗 可以用吗 my_coupons my_coupon my_vouchers my_voucher do_i_have 有优惠券吗 "
        "有什么优惠券 有哪些优惠券 有没有优惠券 几张 多少张 券码 二维码 核销 看看券 查券 查看券 看券 "
        "查我的券 什么优惠券 哪些优惠券 券是什么 什么时候过期 什么时候到期 什么卡券 有没有券 我有没有 "
        "账户里 还剩 剩几 expire expired valid 找不到 看不到 哪去了 在哪 怎么没"
    ),
    "OWNED": ("领到 领过 领的 已领 领取的 领好的 找不到 用掉 还剩 剩 没用 没用完 过期没 过期了没 还能用 还在 领了的"),
    "USE": "用 使用 抵扣 核销 出示",
    "BIRTHDAY": "生日 过生日 寿星 birthday",
    "RATE": (
        "评价 打分 评分 好评 给个好评 满意 很满意 服务很好 服务不错 服务好 服务态度好 服务态度很好 点赞 "
        "给你们点赞 挺好的服务 赞一个 rate rating review satisfied 打个分 我要评价 评一下 做评价 很不错 "
        "非常好 挺满意 五星 给个赞 技术好 专业 手艺好 手艺不错 态度很好 态度不错 态度好 服务真好 服务周到 "
        "周到 服务一流 excellent great_service good_service 服务真不错 服务挺好 服务挺不错 棒 一级棒 "
        "杠杠的 服务到位 夸 表扬 体验很好 体验不错 赞"
    ),
    "UNHAPPY": (
        "不干净 没洗干净 太黑 太不靠谱 质量太差 收那么贵 收这么贵 第二次了 第三次了 还有理 "
        "不满意 不满 不太满意 差评 投诉 举报 12315 消协 曝光 太差 很差 好差 差劲 真差 差得 差死 恶劣 "
        "态度差 态度不好 态度恶劣 态度很差 坑人 坑爹 坑我 太坑 被坑 骗 骗人 宰客 宰人 被宰 黑店 乱收费 "
        "多收 多收了 垃圾 气死 生气 恼火 愤怒 火大 失望 什么破 什么玩意 不像话 忽悠 糊弄 敷衍 不负责 "
        "不负责任 没修好 没弄好 没洗干净 没换好 没处理好 没解决 还是响 还是漏 还是不行 还是坏 又坏 又响 "
        "又漏 又出问题 又亮 又犯 修坏 弄坏 搞坏 越修越 修了几次 修了三次 修了两次 返修 返工 偷工减料 假货 "
        "假配件 旧件 以次充好 退款 退钱 赔 赔偿 说法 讨个说法 给个说法 给我个说法 给个解释 解释一下 "
        "不靠谱 没人管 没人理 不理人 爱理不理 等了 干等 白等 太慢 慢死 太久了 拖了 拖延 complain "
        "complaint terrible awful unacceptable disappointed rude bad_service poor_service not_happy "
        "unhappy dissatisfied ripped_off overcharged worst horrible angry not_satisfied 脸色 摆脸 骂 推卸 "
        "踢皮球 欺骗 弄脏 少了 丢了 不见了 被偷 态度真 什么态度 啥态度 这服务 你们这服务 无语 呵呵 太过分 "
        "过分 离谱 嘈 激气 屎 好嬲 投拆 没搞好 差到 差极 蒙人 缺德 装错 换错 弄错 加错 装反 漏装 忘了装 "
        "没拧 没装好 反复 老毛病 问题依旧 又开始 不认账 still_not_fixed not_fixed still_broken lied scam "
        "refund 弄丢 刮了我 划了我 没洗 虚假 套路 不专业 坏了没修 没修 越修 一塌糊涂 白花 要求退款 不透明 "
        "不认 多算 算错 多扣 扣错 乱扣 少找 拖到 一句解释 咋整的 怎么整的 怎么修的 怎么搞的 怎么弄的 "
        "咋修的 咋弄的 咋搞的 怎么做的 怎么洗的 怎么换的 修不好 弄不好 "
        "治不好 太冲 很冲 凶 不耐烦 吼 冷淡 冤枉 不合理 是旧的 要求重新 等到天 让我等 等半天 等这么久 "
        "waiting_for nobody_cares been_waiting was_rude messed_up made_it_worse 更响了 更严重 更大了 更差 "
        "没人理我 理都不理 不讲理 说谎 撒谎 不诚信 名不副实 不值 不公平 什么服务 啥服务 什么水平 啥水平 "
        "什么技术 水平太差 乱来 乱搞 乱修 瞎搞 瞎弄 马虎 不认真 不细心 太随便 粗心 害我 耽误 误了 黑心 "
        "店大欺客 欺负 恶心 呕 太贵了吧 抢钱 吃相 推三阻四 不处理 不解决 没人处理 没人跟进 没人回复 "
        "一直没人 没下文 处理结果 要个说法 还我 赔我 负责到底 得负责 谁负责任 badly ridiculous poor 坑钱 "
        "真坑 好坑 坑死 太坑了 挺坑 根本不 根本没 不会修 修得什么 洗得什么 弄得什么 做得什么"
    ),
    "COMPLAIN": "投诉 举报 12315 差评 complain complaint 讨个说法 给个说法 给我个说法 投拆 消协 曝光",
    "AFTER_VISIT": (
        "刚换 刚修 刚做 刚补 刚洗 刚从你们 刚保养 才换 才修 才做 才开 才保养 修完 做完 换完 修了 补完 "
        "洗完 保养完 喷完 拿回来 提回来 开回来 取回来 回来就 回家发现 回来发现 开出去 "
        "after_you"
    ),
    "BEFORE": "上次 上回 last_time 前天做 昨天做 昨天换 昨天修 上周做 上周修 上周换 之前修 之前换 之前做",
    "STILL": (
        "还是 又 仍然 依旧 依然 照样 还在 again still 老问题 就坏 就响 就漏 结果 发现 没两天 没几天 不到一周 反而 更"
    ),
    "PERSON": (
        "人工 转人工 真人 客服 人工客服 找个人 找人 活人 真的人 转接 叫人 经理 店长 老板 负责人 主管 顾问 "
        "师傅 技师 接待 销售 service_advisor advisor 工作人员 店员 同事 领导 human agent operator "
        "real_person representative manager someone customer_service live_person person staff 坐席 员工 "
        "小姐姐 小哥 老师傅 接线员 专人 服务顾问 小王 王工 前台 大堂 店主"
    ),
    "REACH": (
        "转人工 转接 找 叫 喊 接 跟 和 联系 联系我 给我打 打电话 打给我 打个电话 回电 回个电话 来电话 "
        "来个电话 回我电话 给我回 回复我 speak talk call_me contact talk_to speak_to speak_with connect "
        "transfer 通话 电联 找下 转 帮我转 聊 说话 沟通 对话 出来 搵 倾 get_me 沟通一下 call phone_me"
    ),
    "HUMAN": (
        "转人工 人工 人工服务 人工客服 找人工 真人 找真人 活人 真的人 找个人 找人说 叫个人 叫人来 换个人 "
        "换人来 不要机器人 不想跟机器人 不跟机器人 别用机器人 机器人 real_person human live_agent "
        "live_person customer_service 客服 转客服 找客服 call_me 给我打电话 给我打个电话 打电话给我 "
        "回个电话 回我电话 给我回电 给我回个 来个人 有人吗来 打给我 speak_to_someone talk_to_someone "
        "talk_to_a_person speak_to_a_person agent operator representative 人在吗 有真人 听不懂人话 "
        "你是机器人 搵人 回电话 电话联系我 让人联系我 有活人 打我电话 让人给我 派个人 打个电话给我 联系我 "
        "跟人聊 跟人说 和人说 来个活 转接 加我微信 加微信 打我手机 打我 put_me_through someone_call "
        "拨给我 和他说 跟他说 和他通话 人来说 人来处理 人来接 人来跟 真人服务 human_being 活的"
    ),
    "FRIEND": (
        "朋友 好友 同事 亲戚 老乡 邻居 闺蜜 兄弟 哥们 哥们儿 同学 friend friends 别人 家人 我弟 我哥 我姐 "
        "我妹 老公 老婆 表哥 我爸 我妈 伙计 表弟 家里人 邻居家 coworker colleague 老表 发小 舅舅 叔叔 "
        "客户 客人 顾客 人过来 新客"
    ),
    "RECOMMEND": (
        "推荐 介绍 转介绍 邀请 推荐有礼 介绍码 推荐码 邀请码 邀请链接 推荐链接 老带新 带朋友 分享 转发 拉新 拉人 "
        "refer referral invite recommend 推介 安利 带个朋友 带人 叫朋友 介绍过来 推薦 带客 推荐奖励 "
        "推荐人 邀请函 推给 专属链接 二维码海报 拉了 拉个 推荐给 带来 bring_a_friend recommended 介绍人 "
        "提成 佣金 referral_bonus"
    ),
    "REFER": (
        "推荐有礼 介绍码 推荐码 邀请码 邀请链接 推荐链接 老带新 转介绍 推荐朋友 推荐给朋友 介绍朋友 邀请好友 "
        "邀请朋友 带朋友 refer_a_friend referral invite_a_friend invite_friends 推荐好友 推荐个朋友 "
        "介绍个朋友 推荐奖励 拉新 介绍给朋友 朋友介绍 refer_my_friend 介绍人来 介绍客人 带新客 带客"
    ),
    "SOLD": (
        "车卖了 车已经卖了 车已卖 卖掉了 卖掉 卖了 已经卖 转手 过户了 过户给 过户 报废了 报废 车报废 "
        "车给别人 送人了 车送人 不是我的车 不是我的了 不在我名下 不在我手上 不在我手里 换车了 换了新车 "
        "换了辆 换了台 车没了 没车了 不开这车 不开那 置换掉 置换了 出手了 出掉了 sold_my_car sold_the_car "
        "sold_it sold car_is_sold no_longer_own don't_own don't_have_the_car don't_have_that_car 出咗 "
        "卖出 车主换 换车主 处理掉 车已经不在 抵给 给我儿子 给我弟 旧车 不是车主 没有这辆车 没这辆车 "
        "没这车 没有这车 scrapped traded_in 已售 卖给 不是我了 车主不是 易主 转卖 转让 转给 户过 "
        "不用这个车 不用这辆车 不开这个车 不开这辆 没有车了 开走了 不用那辆"
    ),
    "WANT_SELL": "想卖 要卖 卖车 能卖 置换 估价 收车 回收 sell_my 卖多少 值多少 准备卖 打算卖",
    "LIGHT": (
        "刹车灯 驻车灯 手刹灯 故障灯 报警灯 警告灯 警示灯 发动机灯 黄灯 红灯亮 机油灯 胎压灯 刹车灯亮 "
        "abs灯 水温灯 电瓶灯 "
        "气囊灯 安全气囊灯 esp灯 仪表盘 仪表 灯亮了 灯亮 亮灯 亮了 亮红灯 亮黄灯 亮着 亮个 亮起 报警 "
        "报故障 故障码 故障提示 提示故障 报错 冒黄灯 check_engine warning_light engine_light light_is_on "
        "light_came_on dashboard light_on warning 龟灯 乌龟灯 感叹号 叹号 黄色的灯 红色的灯 灯一直亮 "
        "灯一直闪 灯闪 闪灯 灯着 着灯 动力受限 动力系统故障 系统故障 电池故障 胎压异常 胎压报警 胎压不足 "
        "亮故障 灯常亮 灯不灭 灯会亮 着咗 亮咗 跳灯 红灯 亮一个 亮起来 弹出 限速模式 小乌龟 "
        "steering_light epc epc灯 ebd灯 限功率 请检查 stop灯 warning_lamp lit_up 亮又 亮了个 冒红灯 表盘 "
        "orange_light yellow_light red_light 三角 请立即停车 立即停车"
    ),
    # what is paid ahead or saved up with the shop: the bot keeps no such accounts
    "ACCOUNT": (
        "充值 充值卡 储值 储值卡 会员卡 年卡 次卡 月卡 套餐卡 洗车卡 保养卡 贵宾卡 vip卡 购物卡 礼品卡 卡里 "
        "卡上 卡内 "
        "卡余额 余额 积分 还剩几次 剩几次 剩多少次 还有几次 还能洗几次 还能用几次 几次没用 续费 续卡 办卡 "
        "办张卡 办个卡 "
        "挂失 充钱 prepaid membership membership_card member_card loyalty points reward_points store_credit "
        "gift_card top_up_my my_balance card_balance balance_on balance_of stamp_card"
    ),
    "FORGOT": (
        "忘拿 忘了拿 忘记拿 忘带走 忘在 忘了在 落在 落你们 落你 落车上 落车里 遗落 遗忘在 捡到 失物 left_my "
        "left_behind "
        "forgot_my lost_and_found"
    ),
    "NOT_LIGHT": (
        "刹车灯不亮 刹车灯坏 刹车灯泡 大灯 车灯 尾灯 灯泡 氛围灯 转向灯 雾灯 闯红灯 等红灯 灯不亮 阅读灯 "
        "红灯区 远光 近光 日行灯 "
        "红绿灯 headlight headlights 双闪"
    ),
}
