"""What the WeCom bot says to the staff: binding a group, and the small words of its cards."""

from __future__ import annotations

from core.say.words import Words


class GroupSay(Words):
    """Texts of the staff group in WeCom."""

    def group_bound(self, store: str) -> str:
        return self.pick(
            f"好的，{store}的卡片以后发到这个群。请每位同事先私聊我一句“你好”，完整的客户信息会发到各自的私聊。",
            f"Done: the cards of {store} come to this group. Each colleague, please say hello to me in private once; full records go there.",
        )

    def group_unbound(self, store: str) -> str:
        return self.pick(
            f"好的，{store}的卡片不再发到这个群。", f"Done: the cards of {store} do not come here any more."
        )

    def which_store(self, stores: str) -> str:
        return self.pick(
            f"请写上门店，例如“绑定 NS”。现有门店：{stores}", f"Name the store, as in “bind NS”. There are: {stores}"
        )

    def managers_bind(self) -> str:
        return self.pick(
            "请本店店长、运营或老板来绑定", "The store's manager, an operator or the boss can bind a group"
        )

    def bind_in_the_group(self) -> str:
        return self.pick("请在员工群里 @我 说这句话", "Say that in the staff group and mention me there")

    def not_staff_yet(self, account: str) -> str:
        return self.pick(
            f"您还不在员工名单里，请让管理员添加（企业微信账号：{account}）",
            f"You are not on the staff list yet; ask your administrator to add you (WeCom account: {account})",
        )

    def group_help(self) -> str:
        return self.pick(
            "群里的卡片点“我来跟进”即可领取。在群里 @我 可以说“绑定 门店”“解绑 门店”“我的任务”，其他的请私聊我。",
            "Tap “I take it” on a card to take it. Mention me here with “bind STORE”, “unbind STORE” or “my tasks”; write anything else in private.",
        )

    def hello_first(self, name: str) -> str:
        return self.pick(
            f"{name}，完整的客户信息发不到您的私聊：请先私聊我一句“你好”，我马上发给您",
            f"{name}, the full record cannot reach you: say hello to me in private first, and it comes at once",
        )

    def under_way(self) -> str:
        return self.pick("处理中…", "Under way…")

    def tap_again(self) -> str:
        return self.pick("再点一次", "Tap again")

    def say_again(self) -> str:
        return self.pick(
            "系统忙，这句话可能没收到，请过一会儿再说一次", "Busy: please say that again in a little while"
        )

    def broken(self) -> str:
        return self.pick("系统出错了，请到员工页面处理", "Something broke; please use the staff page")

    def card_is_over(self) -> str:
        return self.pick("已结束", "Over")

    def open_link(self) -> str:
        return self.pick("打开", "Open")
