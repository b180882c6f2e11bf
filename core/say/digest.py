"""The morning digest: one message instead of a flood."""

from __future__ import annotations

from datetime import date

from core.say.words import Words


class DigestSay(Words):
    """What is on today, and what came of yesterday. Lines that would say nothing are left out."""

    def digest_of(self, name: str, day: date) -> str:
        return self.pick(f"早上好，{name} {self.day(day)}", f"Good morning, {name} {self.day(day)}")

    def digest_appointments(self, count: int) -> str:
        return self.pick(f"今天预约 {count} 个", f"{count} appointments today")

    def digest_tasks(self, open_: int, overdue: int) -> str:
        late = self.pick(f"，其中 {overdue} 条等了太久", f", {overdue} of them waiting too long") if overdue else ""
        return self.pick(f"未完成任务 {open_} 条{late}", f"{open_} tasks open{late}")

    def digest_watch(self, count: int, named: list[str]) -> str:
        return self.pick(f"关注车主 {count} 位：{self.listed(named)}", f"{count} owners to watch: {self.listed(named)}")

    def digest_yesterday(self, done: int, visits: int) -> str:
        parts = [self.pick(f"完成任务 {done} 条", f"{done} tasks done")] if done else []
        parts += [self.pick(f"到店 {visits} 台", f"{visits} cars came")] if visits else []
        return self.pick(f"昨天{self.listed(parts)}", f"Yesterday {self.listed(parts)}")

    def digest_feedback(self, name: str, words: str) -> str:
        return self.pick(f"建议（{name}）：{words}", f"Suggestion ({name}): {words}")
