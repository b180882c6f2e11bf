"""What is said when something is recommended."""

from __future__ import annotations

from core.say.words import Words

ITEMS = {
    "warranty": ("延保", "the extended warranty"),
    "wash_package": ("洗车套餐", "the wash package"),
    "coating": ("镀膜", "the coating"),
    "tyres": ("轮胎", "new tyres"),
    "battery": ("蓄电池", "a new battery"),
    "brakes": ("刹车片", "new brake pads"),
    "air_conditioning": ("空调养护", "the air conditioning service"),
    "maintenance_package": ("保养套餐", "the maintenance package"),
    "insurance": ("车险续保", "renewing the insurance"),
}


class RecommendationSay(Words):
    """Offer and answers."""

    def item(self, code: str) -> str:
        return self.pick(*ITEMS.get(code, (code, code)))

    def recommend(self, item: str, plate: str, why: str) -> str:
        car = plate or self.pick("爱车", "your car")
        return self.pick(
            f"给您的{car}推荐{item}。{why}" if why else f"给您的{car}推荐{item}，需要的话请顾问给您讲讲？",
            f"For {car} we recommend {item}. {why}"
            if why
            else f"For {car} we recommend {item}. Shall an advisor tell you more?",
        )

    def interested(self) -> str:
        return self.pick("感兴趣", "Interested")

    def not_now(self) -> str:
        return self.pick("暂时不要", "Not now")

    def never_recommend(self) -> str:
        return self.pick("不再推荐这类", "Never again")

    def glad_you_like_it(self, item: str) -> str:
        return self.pick(
            f"好的，顾问会联系您讲讲{item}的内容和价格。",
            f"All right, an advisor will tell you about {item} and its price.",
        )

    def not_this_time(self) -> str:
        return self.pick("好的，先不打扰。", "All right, not now.")

    def never_again(self, item: str) -> str:
        return self.pick(f"好的，以后不再给您推荐{item}。", f"All right, we will not recommend {item} again.")

    def recommendation_over(self) -> str:
        return self.pick("这条推荐已经处理过了。", "That recommendation is over.")
