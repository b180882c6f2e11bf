"""Words that steer a talk, questions, and what somebody may say about their own data."""

from __future__ import annotations

# concept: its words; "_" stands for a space, and a word may stand under several concepts
WORDS: dict[str, str] = {
    "NOTHING": (
        "结算了 计算了 预算了 合算了 哪天都 几点都 什么时候都 大约 节约 约等于 契约 合约 公约 制约 约莫 "
        "有约束 大概约 行车 行驶 行程 行李 银行 进行 流行 执行 "
        "自行 可以吗 行吗 好吗 对吗 成都 完成 要求 重要 主要 要是 需要多 好像 好多 好久 刚好 正好 对方 "
        "对了 不好意思 得到 觉得 记得 值得 不得不 懂得 可能 不错 没关系 中心 中间 正中 不是很 不过 不知道 "
        "不太 不怎么 是不是 行不行 好不好 对不对 要不要 可不可以 能不能 有没有 用不用 需不需要 会不会 "
        "得不得 差不多 不一定 对面 对于 好几 只好 还好 最好 这样行 对比 会员 一会 机会 等一下 帮我看下 "
        "取决 上面 下面 改装 改善 改色 提前半小时 换油 换胎 换轮胎 订金 定金 中控 命中 换季 转弯 转向 "
        "返修 返利 开门红 订购 券商 成本 成功 成年 定位仪 手续费 休息区 休息室 代步 推荐什么 推荐哪 现在 "
        "哪里坏 哪里响 哪里漏 保险杠 立即停车 靠边停车 尽快停车 可以提供 提供 取得联系 车主 一般来说 "
        "满意度 上上周 周到 对不起 的时候 新车 行使 贵店 贵司 贵姓 贵州 宝贵 贵公司 免贵 贵宾 停车费 停车票 "
        "停车场太 还接车 还收车 看你们 哪天不忙 什么时候不忙 丢了怎么 丢了能 丢了可以 丢了有 "
        "丢了要 丢了还 换下来 拆下来 信用卡 银行卡 门禁卡 油卡 打卡 卡片 came_back come_back call_back get_back "
        "going_back"
    ),
    "MY_DATA": (
        "我的资料 我的信息 我的数据 我的档案 个人信息 个人资料 个人数据 隐私 存了我 收集了我 有我什么 "
        "我的记录 导出 谁看过 谁查过 谁看了 看过我 查过我 更正 更新资料 修改资料 改资料 改手机号 换手机号 "
        "换号 换了手机号 手机号换 电话换了 换电话 改电话 手机号改 号码换 改名字 名字错 信息错 资料错 "
        "my_data my_information my_info my_personal export what_do_you_know data_you_have my_profile "
        "my_record 我的手机号 保养记录 维修记录 消费记录 撤回同意 撤回授权 授权 我的档 名字写错 名字不对 "
        "电话变 我的车辆信息 车辆信息 绑定手机 改绑 换绑 信息更新 资料更新 who_looked who_accessed 留了我 "
        "改下我的 资料改 信息改 留的什么 我登记的 登记了我 登记的信息 有哪些我 关于我"
    ),
    "ERASE": (
        "注销 销户 删除我 删掉我 删了我 清除我 清空我 抹掉 忘记我 忘掉我 删号 删除账 删除所有 删除个人 "
        "删除资料 删除数据 删除信息 删资料 把我删 把我的信息删 把我的资料删 delete_my erase delete_me "
        "forget_me remove_my remove_me delete_all close_my_account 彻底删 全部删 不要保存我 不要保留 "
        "别保留 不要存我 别存我 销毁 delete_account delete_everything 删干净 删除我的 删光 清除数据 "
        "清掉我 清除信息 抹除 永久删除 清空数据 删除权 被遗忘权"
    ),
    "DELETE": ("删 删除 删掉 清除 清空 抹掉 销毁 delete erase remove wipe 刪 deleted 删除权 被遗忘权 移除 删了 删光"),
    "DATA": (
        "资料 信息 数据 记录 档案 账号 账户 个人信息 data account information info 帐号 隐私 号码 手机号 "
        "电话 我的电话 我电话"
    ),
    "STOP": (
        "退订 取消订阅 取消推送 取消关注 取关 unsubscribe opt_out stop_sending don't_send do_not_send "
        "no_more 别发 别再发 不要再发 不要发 不要给我发 别给我发 别推 别再推 不想收 不想再收 不要收 "
        "不接收 停止发送 停止推送 关闭推送 关掉推送 关闭通知 拒收 屏蔽 拉黑 别烦我 别打扰 不要打扰 别骚扰 "
        "不要骚扰 勿扰 别联系我 不要联系我 不要再联系 别再联系 唔好再发 唔好发 不要推送 不要再推 回td "
        "退定 退訂 停发 别再给我发 不要再给我发 别总发 别老发 别天天发 别再打 不要再打电话 别给我打 "
        "不要打电话 不想收到 不再接收 取消短信 取消通知 别再烦 别群发 stop_messaging stop_texting "
        "leave_me_alone remove_me_from 唔好再 关推送 取消提醒 别打电话 不希望收到 拒绝接收 拒绝推送 "
        "关掉通知 td退订 回t退订 别来烦 取消接收"
    ),
    "START": (
        "现在想再收 现在想收 现在又想收 恢复推送 重新订阅 我要订阅 订阅 恢复订阅 重新接收 恢复接收 "
        "开启通知 开启推送 打开推送 打开通知 "
        "可以给我发 可以发我 继续给我发 继续发 同意接收 愿意接收 我要接收 接收推送 接收通知 接收优惠 "
        "想收到 恢复短信 恢复通知 subscribe opt_in resubscribe sign_me_up start_sending 有活动通知我 "
        "有活动告诉我 有优惠通知我 有优惠告诉我 有活动叫我 记得通知我 重新关注 再发给我 恢复发送 "
        "有优惠发我 有活动发我 又想收 重新开通 重新打开 keep_me_posted send_me_offers send_me_promotions "
        "恢复 接收你们 以后有活动 以后有优惠 同意推送 要接收 接收消息 都发我 取消退订 可以给我推 可以推送 "
        "现在想再收 现在想收 现在又想 想再收 再收活动 欢迎推送"
    ),
    "BACK": (
        "返回 上一步 上一级 退回 回上一步 后退 back go_back 返回上一步 回到上一步 回退 上一个问题 上一页 "
        "返上一步 previous 往回 倒回去 退一步 previous_step 前一步 前一个 前一题"
    ),
    "RESTART": (
        "重新开始 重来 从头来 从头开始 重头来 再来一遍 重新来 重新填 重置 restart start_over start_again "
        "begin_again /start 从新开始 从新来 重新弄 重开 推倒重来 清空重来 reset 重新走 重新选一遍 "
        "由头嚟过 从头再 重头开始 再来一次 全部重来 都不算 推翻 从第一步 第一步开始 从头再来"
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
        "愿意 有兴趣 感兴趣 我要 想要 接受 了解 明白 知道了 收到 晓得 晓得了 好好 好好好 行行 对对 对对对 "
        "是是 是滴 木问题 ojbk 欧了 欧克 好说 就那个 就按这个 就这么办 安排 安排上 可以啊 可以呀 系的 "
        "好啲 约吧 没错的 确认无误 提交 好的好的 可以可以 行行行 中中 嗯嗯嗯 嗯哼 of_course definitely "
        "affirmative i_agree agree 阔以 口以 得得 好des 就酱 没有问题 冇错 就咁 就這樣 先这样定 ok的 okok "
        "1111 就这么着"
    ),
    "NO": (
        "不 不是 不是的 不对 不行 不用 不用了 不要 不要了 不了 不可以 不可 不需要 不好 否 有 没了 没 no "
        "n't nope nah not_now no_thanks no_thank_you 没有了 不必 不必了 不想 不愿意 不同意 不感兴趣 "
        "没兴趣 暂时不 暂时不要 暂时不需要 暂不 先不用 先不要 先不 先不了 不合适 不方便 不太方便 以后再说 "
        "下次再说 下次吧 再说吧 再说 改天再说 考虑一下 再考虑 再想想 我想想 想一下 拒绝 唔系 唔要 唔使 "
        "唔好 不中 不成 不得行 木有 免了 不准确 不正确 not_really wrong incorrect not_interested "
        "maybe_later later no_need don't_want 用不着 不办 不去 没必要 不需要了 不用麻烦 别 别了 错 错了 "
        "错的 不接受 唔得 唔使了 没有的 没那个 没打算 不考虑 都不行 都不要 都不合适 不要这个 不是这个 "
        "不是我 冇 冇兴趣 下回吧 下次一定 没有其他 没别的 没有别的 没其他 没啥 没什么 不太想 不太需要 "
        "没问题要 不咋想 不是很想 没有其他问题 没有别的问题 没其他问题 不用管"
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
        "吗 么 嘛 ? 呢 怎么 咋 如何 为什么 为啥 为何 什么 啥 哪 几 多少 多久 多长 能不能 可不可以 可以吗 "
        "要不要 是不是 有没有 用不用 需不需要 会不会 行不行 好不好 对不对 该不该 点解 点样 咩 边 how what "
        "why when where which can_you do_you is_it does should 多大 谁 请问 想问 问一下 问下 咨询 请教 "
        "干嘛 未 没有? 能否 是否 可否 不? 哪个 什么样 怎样 几时 唔系 啥时候 行不 成不 中不 好不 能不 "
        "有木有 冇 did_i have_i 可唔可以 is_that_ok is_that_okay is_it_ok is_it_okay"
    ),
    "HOW_TO": (
        "怎么办 怎么回事 咋回事 怎么连 怎么开 怎么关 怎么调 怎么设置 怎么用 怎么充 怎么弄 怎么换 怎么加 "
        "怎么看 怎么选 如何 为什么 为啥 要注意 注意什么 多久一次 多久做一次 多久换一次 多久保养 多久换 "
        "多长时间换 多少公里换 几年 几个月 多少公里 多少公里一次 包括什么 包括哪些 包含 哪些项目 什么项目 "
        "都做什么 做些什么 有什么区别 区别 哪个好 哪种好 有必要 用什么 加什么 需要带 要带什么 带什么 带啥 "
        "能刷卡 刷卡 微信支付 支付宝 发票 开票 休息室 休息区 wifi 代步车 等多久 要多久 多久 多长时间 "
        "要多长时间 几个小时 几小时 影响 过保 在保 保不保 保修期 质保期 还在保 保多久 保几年 包不包 原厂 "
        "正品 什么牌子 什么品牌 有货吗 有没有货 有现货 现货 支持 可以分期 分期 付款 充电 蓝牙 ota 升级 "
        "过户 保险 理赔 违章 手续 证件 要求 how_often how_long how_do_i how_to what_should does_it_cover "
        "covered what_kind do_you_accept do_you_do do_you_guys do_you_sell do_you_take do_you_fix "
        "do_you_repair do_you_have can_i_pay do_you_offer invoice 会员 积分 活动 "
        "什么活动 排名 救援 拖车 道路救援 抛锚 92 95 标号 能用 能不能用 需要换 用换 免检 上牌 试驾 新车 "
        "车型 做不做 修不修 接不接 有卖 能修 会修 什么意思 啥意思 是啥 是什么 正常吗 正常不 有问题吗 "
        "有事吗 有影响吗 要紧吗 能开吗 还能开 可以开 能跑高速 推荐什么 推荐哪 几天 休息的地方 休息处 等候 "
        "等待区 上网 怎么充电 怎么保 带哪些 什么资料 专票 普票 什么花纹 还管吗 管不管 哪些资料 什么材料 "
        "bring_anything 的时候可以 的时候能 的时候要 的时候有 期间可以 怎么启动 划算还是 还是划算 "
        "哪个划算 走保险 自己买好 自己带 自带 自备"
    ),
    "CAR_TALK": (
        "车 油 胎 充电 发票 保险 上牌 质保 保修 钥匙 蓝牙 电池 续航 里程 机油 水 保养 维修 配件 零件 轮 "
        "刹 空调 发动机 电瓶 店 会员 积分 活动 服务 门店 工位 证 方向盘 玻璃 雨刮 座椅 高速 油耗 噪音 "
        "异响 抖 car tyre tire oil battery brake warranty invoice engine pay you_guys your_shop charging "
        "你们 导航 停车 过夜 in_the_shop the_shop wait 刷卡 支付 休息 wifi 付款 赠送 套餐 项目 里面 新能源 "
        "电车 油车 混动"
    ),
    "SYMPTOM": (
        "异响 响 抖 抖动 漏油 漏水 冒烟 冒白烟 冒黑烟 异味 有味 很大味 噪音 顿挫 没劲 没力 费油 坏了 不亮 "
        "不灵 失灵 不好使 卡 卡住 熄火 抛锚 怪声 嘎吱 咯噔 吱吱 嗡嗡 哐当 咣当 松了 软 硬 发软 踩不 "
        "不工作 不动 打滑 高温 开锅 水温高 烧机油 出问题 有问题 有毛病 毛病 故障 noise noisy leak leaking "
        "broken shaking vibration smoke smell stalls 不凉 不冷 不热 唔冻 唔热 不出 没反应 掉了 断了 裂了 "
        "碎了 进水 泡水 漏 嘎嘎 当当响 咔咔 不对劲 难闻 臭 哒哒 不制冷 不制热 不正 歪 扎了 爆了 瘪 瘪了 "
        "鼓包 磨平 磨光 磨没 到期了 快到期 该换 该做 该保养 要到期 不太行 不给力 耗电 掉漆 划痕 凹 被刮 "
        "被撞 被划 被蹭 蹭了 刮了 刮花 撞了 剐 追尾 砸了 不够用 打不着 没电 跑偏 老化 到了该 脏 squeak "
        "blows blowing squeal squeaking grinding flat dead cold_air not_cooling weak worn 慢撒气 due_for "
        "该换了 要换了 "
        "要保养了 要年检了 到保养 到时间 到公里"
    ),
    "NEG": (
        "不 没 别 唔要 唔想 不想 不要 不是 不用 没有 唔 not don't didn't never 不会 别给我 不打算 没说 没想 没要 "
        "没让 并没有 不需要 没打算 千万别 先别 别把 do_not not_want 没有要 没叫 唔好 不必 可别 没想要 "
        "没说要"
    ),
    "WRONG": (
        "不对 错了 搞错 说错 弄错了 写错 打错 填错 输错 选错 应该是 应该 不是 更正 纠正 我说的是 我是说 "
        "我的意思是 记错 看错 口误 i_mean sorry actually not 错啦 wrong mistake no 说反 发错 报错了 改成 "
        "改为 换成 换个车"
    ),
    "HOLD": (
        "存我 存了我 存着我 记录了我 收集我 收集了我 留我 留了我 知道我 有我 保存 采集 掌握 记了我 拿我 "
        "about_me you_store you_have you_keep you_hold know_about 都有我"
    ),
    "PERSONAL": (
        "姓名 名字 手机号 手机号码 电话号码 生日 住址 资料 个人信息 联系方式 my_name my_phone my_number "
        "phone_number my_email"
    ),
    "ME": "我 我的 把我 关于我 本人 my me",
    "DOORSTEP": (
        "上门 接送 取送 取送车 上门取车 接车服务 来我家 到我家 from_my_home from_home my_place my_home "
        "home_pickup 代驾 送车上门"
    ),
    "STOPPING": (
        "停止 停 别 不要 唔要 唔想 不想 关闭 关掉 关了 取消 拒绝 屏蔽 stop don't no_more 不接收 不用 不需要 禁止 "
        "停掉 turn_off 甭 唔好 少 不准 不许 不再 不接受 移出 移除 踢出 取关 请停 退出 不希望 不愿意"
    ),
    "SEND": (
        "推送 短信 广告 推广 营销 群发 促销 推销 骚扰 通知 消息 提醒 垃圾信息 优惠信息 活动信息 messages "
        "message texts text_messages notifications promotions ads marketing emails sms 营销信息 群发名单 "
        "名单 推广信息 促销信息 广告信息 短信通知 活动短信 骚扰短信 骚扰电话 newsletter"
    ),
    "OPENING": (
        "开启 打开 恢复 重新 继续 想收 接收 订阅 可以发 愿意收 再发 turn_on start resume receive 收到 "
        "开通 开一下 要收 再收 想再收 可以给我 可以推"
    ),
    "MUST": (
        "需要 必须 要不要 用不用 该不该 有必要 一定要 非要 得不得 是不是要 需不需要 should should_i "
        "do_i_need need_to 要求"
    ),
    "MODAL": (
        "能 可以 能否 可否 能不能 可不可以 支持 提供 有没有 有 做不做 接不接 收不收 你们 贵店 can_you "
        "do_you is_there are_there will_you is_that_ok is_that_okay is_it_ok is_it_okay"
    ),
    # asks for leave where no day and no work stand beside it, which would make it an answer: 放你们那过夜行吗
    "ALLOWED": "行吗 可以吗 行么 可以么 行不行 可不可以 成吗 ok吗",
    "AGAIN": "现在想再收 现在想收 现在又想 想再收 再收 重新 恢复 取消退订 又想 现在想 again 再次",
    "OFFTOPIC": (
        "天气 股票 股市 吃什么 吃饭 吃了没 笑话 世界杯 球赛 比赛 房价 彩票 基金 唱歌 唱首歌 写诗 首诗 "
        "电影 新闻 明星 游戏 减肥 男朋友 女朋友 结婚 weather stock stocks joke movie football game "
        "lottery poem 中国队 男的女的 几岁 多大了 喜欢你 爱我 作业 论文 翻译 高考 疫情 总统 首都 几点了 "
        "星期几了"
    ),
    # means nothing by itself, but a sentence made of it is no strange sentence
    "PARTICLE": (
        "by before until after on at in for around about maybe just between and or "
        "的 了 啊 呀 吧 呢 哦 噢 喔 哈 哈哈 哈哈哈 嘿嘿 那 那就 就 我 您 你 嘛 啦 咯 哟 哎 唉 诶 欸 呗 请 "
        "嘻嘻 先 都 也 还 啥的 这 这个 那个 you guys then it is 来 给 it's a the this that 没事 么么哒 "
        "哦哦 再 太 真 真的 很 师傅 老板 客服 好了 了哦 哇 呜 啰 囉 喽 滴 嘅 咁 吖 ne la 之间 左右 到 "
        "前后 大概 差不多 钟 时候"
    ),
}
