"""Sample interests: what some have asked of others, and how it was answered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from matchmaker.services.samples.shelf import WRITTEN
from matchmaker.services.samples.words import Draw
from models import Interest, Introduction, ParkOffer, Position, Posting, RelocationNeed, TalentProfile
from models.vocabulary import DeclineReason, InterestStatus, PostingStatus

S = InterestStatus

MESSAGES: dict[str, list[str]] = {
    "offer": [
        "载体的面积和交付时间与我们的计划接近，想约时间看现场，并请先发一份水电容量的书面说明。",
        "我们最关心排污和供电两项，若余量属实，希望下月带工艺人员来谈。",
        "价格之外还想了解用工和宿舍的实际情况，能否安排见两家在园企业。",
    ],
    "need": [
        "园区有一处载体与您的需求接近，余量数据是近期核过的，可以先寄资料再约考察。",
        "您的环评类别我们接待过同类项目，愿意安排联合会审，半天内给出能不能进的答复。",
        "我们离您提到的客户不远，厂房可以按图改造，希望通一次电话。",
    ],
    "position": ["岗位的方向和我的经历接近，想了解团队构成和工作方式，可以先线上聊一次。"],
    "talent": ["看到您的画像和我们新厂的岗位对得上，想请您来现场看一天，差旅由我们承担。"],
}
DECLINES = {
    DeclineReason.SPACE: "整块面积不够，拆成两处我们管理不过来。",
    DeclineReason.UTILITIES: "污水余量要到扩容以后才有，时间接不上。",
    DeclineReason.TIMING: "交付时间晚了一个季度，客户等不了。",
    DeclineReason.LOCATION: "离主要客户远了一些，这次先不谈。",
    DeclineReason.TAKEN: "已经与另一家签了意向，谢谢关注。",
}
WAITING_UNTIL = dt.date(2027, 3, 31)
PAIRS = 28
OUTCOMES = (S.SENT, S.ACCEPTED, S.DECLINED, S.SENT, S.WITHDRAWN, S.SENT, S.ACCEPTED, S.EXPIRED, S.DECLINED)


def arrange(seed: int, postings: Iterable[Posting]) -> list[Interest]:
    """Make interests between postings of one industry; each sender asks about a posting once."""
    draw = Draw(seed, "interests")
    live = [posting for posting in postings if posting.status is PostingStatus.PUBLISHED]
    needs = [posting for posting in live if isinstance(posting, RelocationNeed)]
    offers = [posting for posting in live if isinstance(posting, ParkOffer)]
    talents = [posting for posting in live if isinstance(posting, TalentProfile)]
    positions = [posting for posting in live if isinstance(posting, Position)]
    pairs: list[tuple[Posting, Posting]] = []
    for turn in range(PAIRS):
        sides = ((needs, offers), (offers, needs), (talents, positions), (positions, talents))[turn % 4]
        pair = _pair(sides[0], sides[1], turn // 4, pairs)
        if pair is not None:
            pairs.append(pair)
    return [_interest(draw, about, subject, OUTCOMES[i % len(OUTCOMES)]) for i, (about, subject) in enumerate(pairs)]


def _pair(
    senders: Sequence[Posting], subjects: Sequence[Posting], turn: int, taken: list[tuple[Posting, Posting]]
) -> tuple[Posting, Posting] | None:
    """Find two of one industry group that have not met, beginning with the sender of this turn."""
    known = {(about.owner_id, subject.id) for about, subject in taken}
    for about in (*senders[turn:], *senders[:turn]):
        for subject in subjects:
            if (about.owner_id, subject.id) not in known and _suits(about, subject):
                return about, subject
    return None


def _suits(one: Posting, other: Posting) -> bool:
    """Say whether the two have something to talk about: one industry, and premises that are large enough."""
    if not _groups(one) & _groups(other):
        return False
    need, offer = (one, other) if isinstance(one, RelocationNeed) else (other, one)
    if not (isinstance(need, RelocationNeed) and isinstance(offer, ParkOffer)):
        return True
    if not set(need.tenures or ()) & set(offer.tenures or ()):
        return False
    if need.land_area_mu:
        return (offer.largest_plot_mu or 0) >= need.land_area_mu
    return (offer.floor_area_sqm or 0) >= (need.floor_area_sqm or 0)


def _groups(posting: Any) -> set[str]:
    for name in ("industry_codes", "welcomed_codes", "field_codes"):
        codes = getattr(posting, name, None)
        if codes:
            return {code[:4] for code in codes}
    return set()


def _interest(draw: Draw, about: Posting, subject: Posting, status: InterestStatus) -> Interest:
    moment = dt.datetime.combine(WRITTEN, dt.time(2), dt.UTC) - dt.timedelta(hours=draw.whole(12, 400))
    interest = Interest(
        posting_id=subject.id,
        about_id=about.id,
        sender_id=about.owner_id,
        organisation_id=about.organisation_id,
        message=draw.one(MESSAGES[subject.kind]),
        status=status,
        expires_on=dt.date(2026, 11, 15) if status is S.EXPIRED else WAITING_UNTIL,
        created_at=moment,
        updated_at=moment,
    )
    if status in (S.ACCEPTED, S.DECLINED):
        interest.answered_by_id = subject.owner_id
        interest.answered_at = interest.updated_at = moment + dt.timedelta(hours=draw.whole(2, 11))
    if status is S.ACCEPTED:
        interest.introduction = Introduction(opened_at=interest.answered_at, host_id=subject.owner_id)
    if status is S.DECLINED:
        interest.decline_reason = draw.one(DECLINES)
        interest.decline_words = DECLINES[interest.decline_reason]
    return interest
