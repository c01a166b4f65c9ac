"""A small cast: who wants, who gives, who must get nothing, and the ground they stand on.

Every story is told with these people. Lin of Shenzhen wants to move a factory, He is her colleague; Chen manages a
park of Hunan; Wu is a talent; Zhao and Qian review; the administrator rules; and Sun, of another enterprise, must
get nothing of what is theirs.
"""

import dataclasses
import datetime as dt
from functools import cache

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from models import (
    FurongCategory,
    Industry,
    IndustryTerm,
    Membership,
    Organisation,
    Park,
    PolicyClause,
    PolicyDocument,
    Region,
    TravelLink,
    User,
    ValueChain,
    Zone,
    now,
)
from models.vocabulary import (
    Answer,
    IndustryLevel,
    MembershipRole,
    OrganisationType,
    ParkLevel,
    ParkType,
    RegionLevel,
    Side,
    TravelMode,
)
from tests import factories

PASSWORD = "芙蓉国里尽朝晖-2026"


@dataclasses.dataclass
class Cast:
    """Everybody on the stage, and their organisations and parks."""

    enterprise: Organisation
    other_enterprise: Organisation
    authority: Organisation
    other_authority: Organisation
    park: Park
    other_park: Park
    owner: User  # Lin, who posts for the enterprise and administers its members
    colleague: User  # He, of the same enterprise
    outsider: User  # Sun, of another enterprise
    manager: User  # Chen, who manages the park
    other_manager: User  # Ma, of an authority without a park
    talent: User  # Wu
    other_talent: User  # Zheng
    reviewer: User  # Zhao, provincial staff
    second_reviewer: User  # Qian, provincial staff
    administrator: User

    @property
    def everybody(self) -> dict[str, User]:
        """Return all people by their parts."""
        return {name: part for name, part in vars(self).items() if isinstance(part, User)}


def assemble(session: Session) -> Cast:
    """Put the ground, the cast and the noise into an empty database."""
    lay_the_ground(session)
    cast = _enter(session)
    _add_noise(session, cast)
    session.commit()
    return cast


def _enter(session: Session) -> Cast:
    enterprise = _organisation("深圳示例电路有限公司", OrganisationType.ENTERPRISE, "440300", "914403009999000019")
    other_enterprise = _organisation(
        "东莞示例家具有限公司", OrganisationType.ENTERPRISE, "441900", "91440300999900002C"
    )
    authority = _organisation(
        "示例一号产业园管理委员会", OrganisationType.PARK_AUTHORITY, "431003", "91440300999900003F"
    )
    other_authority = _organisation("示例园区服务中心", OrganisationType.PARK_AUTHORITY, "430121", "91440300999900004J")
    park, other_park = _parks(authority)
    session.add_all([enterprise, other_enterprise, authority, other_authority])
    session.flush()
    park.manager_id = authority.id
    session.add_all([park, other_park])
    people = {
        "owner": _user("lin", "林晓燕", Side.ENTERPRISE, enterprise, MembershipRole.MANAGER),
        "colleague": _user("he", "何志强", Side.ENTERPRISE, enterprise),
        "outsider": _user("sun", "孙伟", Side.ENTERPRISE, other_enterprise, MembershipRole.MANAGER),
        "manager": _user("chen", "陈立", Side.PARK, authority, MembershipRole.MANAGER),
        "other_manager": _user("ma", "马丽", Side.PARK, other_authority, MembershipRole.MANAGER),
        "talent": _user("wu", "吴敏", Side.TALENT),
        "other_talent": _user("zheng", "郑凯", Side.TALENT),
        "reviewer": _user("zhao", "赵芳", Side.STAFF),
        "second_reviewer": _user("qian", "钱勇", Side.STAFF),
        "administrator": _user("admin", "管理员", Side.STAFF, is_administrator=True),
    }
    session.add_all(people.values())
    session.flush()
    return Cast(enterprise, other_enterprise, authority, other_authority, park, other_park, **people)


def _add_noise(session: Session, cast: Cast) -> None:
    """Add what no story asks for: it must turn up nowhere it should not."""
    noise = Organisation(type=OrganisationType.CHAMBER, name="示例商会", region_code="440100")
    bystander = _user("bystander", "路人", Side.ENTERPRISE, noise)
    session.add_all([noise, bystander])
    session.flush()
    session.add_all(
        [
            factories.published(
                factories.need(bystander, noise, title="示例：木制家具生产线搬迁", industry_codes=["C211"])
            ),
            factories.need(bystander, noise, title="示例：没有写完的草稿"),
            factories.published(
                factories.offer(cast.other_manager, cast.other_park, cast.other_authority, title="示例：冷库")
            ),
        ]
    )


def _organisation(name: str, type_: OrganisationType, region_code: str, uscc: str) -> Organisation:
    return Organisation(name=name, type=type_, region_code=region_code, uscc=uscc, verified_at=now())


def _user(
    account: str,
    name: str,
    side: Side,
    organisation: Organisation | None = None,
    role: MembershipRole = MembershipRole.OFFICER,
    is_administrator: bool = False,
) -> User:
    user = User(
        email=f"{account}@example.com",
        password_hash=_password_hash(),
        name=name,
        phone="13800000000",
        side=side,
        is_administrator=is_administrator,
    )
    if organisation is not None:
        user.memberships.append(Membership(organisation=organisation, role=role, approved_at=now()))
    return user


@cache
def _password_hash() -> str:
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(PASSWORD)


def _parks(authority: Organisation) -> tuple[Park, Park]:
    known = {"confidence": "H", "evidence": "test"}
    park = Park(
        code="HN99001",
        name="示例一号产业园",
        level=ParkLevel.PROVINCIAL,
        type=ParkType.HIGH_TECH_ZONE,
        prefecture_code="431000",
        county_code="431003",
        leading_industries=["电子信息", "新材料"],
        chemical_status=Answer.UNSURE,
        customs_facilities=["bonded_zone"],
        **known,
    )
    other_park = Park(
        code="HN99002",
        name="示例二号产业园",
        level=ParkLevel.NATIONAL,
        type=ParkType.TECHNOLOGY_ZONE,
        prefecture_code="430100",
        county_code="430121",
        leading_industries=["食品加工"],
        **known,
    )
    return park, other_park


# --- the ground: a few real codes, so that stories read like the real thing ---

REGIONS = (
    ("430000", "湖南省", "湖南", None, RegionLevel.PROVINCE, False),
    ("430100", "长沙市", "长沙", "430000", RegionLevel.PREFECTURE, False),
    ("430121", "长沙县", "长沙县", "430100", RegionLevel.COUNTY, False),
    ("430400", "衡阳市", "衡阳", "430000", RegionLevel.PREFECTURE, False),
    ("430408", "蒸湘区", "蒸湘", "430400", RegionLevel.COUNTY, False),
    ("431000", "郴州市", "郴州", "430000", RegionLevel.PREFECTURE, False),
    ("431002", "北湖区", "北湖", "431000", RegionLevel.COUNTY, False),
    ("431003", "苏仙区", "苏仙", "431000", RegionLevel.COUNTY, False),
    ("440000", "广东省", "广东", None, RegionLevel.PROVINCE, False),
    ("440100", "广州市", "广州", "440000", RegionLevel.CITY, True),
    ("440300", "深圳市", "深圳", "440000", RegionLevel.CITY, True),
    ("440306", "宝安区", "宝安", "440300", RegionLevel.DISTRICT, True),
    ("441900", "东莞市", "东莞", "440000", RegionLevel.CITY, True),
    ("810000", "香港特别行政区", "香港", None, RegionLevel.CITY, True),
    ("820000", "澳门特别行政区", "澳门", None, RegionLevel.CITY, True),
)
INDUSTRIES = (
    ("C", "制造业", None),
    ("C13", "农副食品加工业", "C"),
    ("C137", "蔬菜、菌类、水果和坚果加工", "C13"),
    ("C21", "家具制造业", "C"),
    ("C211", "木质家具制造", "C21"),
    ("C26", "化学原料和化学制品制造业", "C"),
    ("C261", "基础化学原料制造", "C26"),
    ("C2614", "有机化学原料制造", "C261"),
    ("C264", "涂料、油墨、颜料及类似产品制造", "C26"),
    ("C2641", "涂料制造", "C264"),
    ("C39", "计算机、通信和其他电子设备制造业", "C"),
    ("C397", "电子器件制造", "C39"),
    ("C3974", "显示器件制造", "C397"),
    ("C398", "电子元件及电子专用材料制造", "C39"),
    ("C3982", "电子电路制造", "C398"),
    ("C3985", "电子专用材料制造", "C398"),
)
CLAUSES = (
    ("T6", None, 6, "二、产业协同", "产业链协同"),
    ("T6c", "T6", 6, "二、产业协同", "九条产业链"),
    ("T13", None, 13, "三、区域创新", "人才引进"),
    ("T13c", "T13", 13, "三、区域创新", "六项支持"),
    ("T24", None, 24, "七、平台引领", "湘南湘西示范区"),
    ("T24b", "T24", 24, "七、平台引领", "示范区十个产业"),
)
LEVELS = {1: IndustryLevel.SECTION, 3: IndustryLevel.DIVISION, 4: IndustryLevel.GROUP, 5: IndustryLevel.CLASS}


def lay_the_ground(session: Session) -> None:
    """Put in the regions, industries, clauses and categories that the cast's postings name."""
    for code, name, short_name, parent, level, is_gba in REGIONS:
        session.add(Region(code=code, name=name, short_name=short_name, parent_code=parent, level=level, is_gba=is_gba))
    for code, name, parent in INDUSTRIES:
        session.add(Industry(code=code, name=name, level=LEVELS[len(code)], parent_code=parent))
    document = PolicyDocument(
        slug="plan", title="示例方案", valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2025, 12, 31)
    )
    session.add(document)
    session.flush()
    for clause_id, parent, task, section, title in CLAUSES:
        session.add(_clause(clause_id, parent, task, section, title))
    session.add_all(_words_of_industry())
    session.add_all(_ways_and_zones(session))
    session.add(FurongCategory(code="FR-LEAD", name="科技领军人才", scheme="三尖", age_limit=50))
    session.flush()


def _clause(clause_id: str, parent: str | None, task: int, section: str, title: str) -> PolicyClause:
    return PolicyClause(
        id=clause_id,
        document_slug="plan",
        parent_id=parent,
        task=task,
        section=section,
        title=title,
        summary=f"{title}的概要。",
        domain="industry",
        keywords=[title],
        capability="按条款查看有关信息",
    )


def _words_of_industry() -> list[IndustryTerm | ValueChain]:
    return [
        IndustryTerm(term="电子信息", codes=["C39"], origin="park_phrase"),
        IndustryTerm(term="食品加工", codes=["C13"], origin="park_phrase"),
        IndustryTerm(term="线路板", codes=["C3982"], origin="synonym"),
        ValueChain(
            slug="trusted_computing", name="自主可控计算机及信息安全", kind="chain", codes=["C39"], clause_id="T6c"
        ),
    ]


def _ways_and_zones(session: Session) -> list[TravelLink | Zone]:
    known = {"basis": "测试用", "confidence": "M"}
    hours = {"430100": 3.0, "430400": 2.5, "431000": 1.8}
    rail = [
        TravelLink(from_code=code, to_code="440300", mode=TravelMode.RAIL, hours=hour, **known)
        for code, hour in hours.items()
    ]
    zone = Zone(
        slug="xiangnan_xiangxi",
        name="湘南湘西承接产业转移示范区",
        summary="测试用",
        industries=["trusted_computing"],
        clause_id="T24",
        basis="测试用",
        members=[session.get_one(Region, "430400"), session.get_one(Region, "431000")],
    )
    return [*rail, zone]
