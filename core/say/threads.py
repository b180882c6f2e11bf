"""What an owner is told while a person answers them, and when that is over."""

from __future__ import annotations

from core.say.words import Words


class ThreadSay(Words):
    """Texts of a talk between two people."""

    def serves_you(self, name: str) -> str:
        return self.pick(f"{name}来为您服务。", f"{name} is with you now.")

    def in_the_name_of(self, name: str, text: str) -> str:
        """The channel shows the bot as the one who writes."""
        return self.pick(f"{name}：{text}", f"{name}: {text}")

    def bot_is_back(self) -> str:
        return self.pick(
            "这次的事就到这里。约保养、查预约、问价格，我随时都在；找顾问请回复“人工”。",
            "That is settled. I am here to book, to look up appointments and for prices; say “human” for an advisor.",
        )

    def another_will_come(self) -> str:
        return self.pick(
            "顾问暂时走开了，同事会接着看。约保养、查预约也可以直接跟我说。",
            "Your advisor had to leave; a colleague will follow up. You can book with me meanwhile.",
        )

    def self_service(self) -> str:
        return self.pick("好的，我来。", "All right, I am here.")

    def reply_wanted(self) -> str:
        return self.pick(
            "这个我说不准，已请顾问来看，会尽快在这里回复您。",
            "I am not sure about that. I have asked an advisor, who will answer you here soon.",
        )
