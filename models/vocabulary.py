"""Every closed vocabulary: the English value that is stored, and its Chinese label, in one place."""

import enum
from typing import Self


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name for "extract, translate later".
    """Mark a message for the catalogues; whoever prints it translates it."""
    return message


class Term(enum.StrEnum):
    """A word of a closed vocabulary: `.value` is stored, `.label` is shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make the term from its stored value and its Chinese label."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.label = label
        return term


class Side(Term):
    """The side of the market that a user stands on."""

    ENTERPRISE = "enterprise", N_("企业")
    PARK = "park", N_("园区")
    TALENT = "talent", N_("人才")
    STAFF = "staff", N_("省级工作人员")


class OrganisationType(Term):
    """What kind of body an organisation is."""

    ENTERPRISE = "enterprise", N_("企业")
    PARK_AUTHORITY = "park_authority", N_("园区管理机构")
    GOVERNMENT = "government", N_("政府部门")
    CHAMBER = "chamber", N_("商会、行业协会")
    INSTITUTION = "institution", N_("高校、科研院所和事业单位")


class MembershipRole(Term):
    """What a member may do for the organisation."""

    MANAGER = "manager", N_("管理员")
    OFFICER = "officer", N_("经办人")


class Answer(Term):
    """A truth that may be unknown; an empty column means nobody has answered yet."""

    YES = "yes", N_("是")
    NO = "no", N_("否")
    UNSURE = "unsure", N_("不确定")


class Verdict(Term):
    """What a gate says of a pair."""

    PASSES = "passes", N_("符合")
    FAILS = "fails", N_("不符合")
    UNKNOWN = "unknown", N_("还不清楚")


class PostingStatus(Term):
    """Where a posting stands on its way to the market and out of it."""

    DRAFT = "draft", N_("草稿")
    IN_REVIEW = "in_review", N_("审核中")
    PUBLISHED = "published", N_("在架")
    WITHDRAWN = "withdrawn", N_("已撤回")
    EXPIRED = "expired", N_("已到期")
    CLOSED = "closed", N_("已结束")


class ReviewDecision(Term):
    """How a reviewer ended a review."""

    PUBLISHED = "published", N_("通过")
    SENT_BACK = "sent_back", N_("退回")


class ReviewReason(Term):
    """Why a posting was sent back."""

    INCOMPLETE = "incomplete", N_("内容不完整")
    CONTRADICTORY = "contradictory", N_("前后矛盾")
    UNVERIFIABLE = "unverifiable", N_("来源无法核实")
    POLICY = "policy", N_("涉及政策承诺，须先做公平竞争审查")
    PERSONAL_DATA = "personal_data", N_("公开文字里有个人信息")
    OUT_OF_SCOPE = "out_of_scope", N_("不属于本平台范围")
    DUPLICATE = "duplicate", N_("重复发布")


class PromiseLabel(Term):
    """How a promise to enterprises stands to fair competition, before a person has decided."""

    UNLAWFUL = "unlawful", N_("不能承诺")
    NEEDS_REVIEW = "needs_review", N_("须审查")
    LAWFUL = "lawful", N_("可以承诺")


class PromiseDecision(Term):
    """What a reviewer decided about a promise that was found."""

    UPHELD = "upheld", N_("须改写")
    CLEARED = "cleared", N_("可以发布")


class ClearingGround(Term):
    """Why a promise that was found may be published all the same."""

    LEGAL_BASIS = "legal_basis", N_("有法律、行政法规依据或国务院批准")
    SECURITY = "security", N_("第 12 条（一）：国家安全和发展利益")
    INNOVATION = "innovation", N_("第 12 条（二）：科学技术进步、自主创新")
    PUBLIC_INTEREST = "public_interest", N_("第 12 条（三）：节约能源、保护环境、救灾救助等")
    OTHER_LAW = "other_law", N_("第 12 条（四）：法律、行政法规规定的其他情形")
    OPEN_TERMS = "open_terms", N_("面向所有企业，条件公开统一，或经评估定价")
    NO_PROMISE = "no_promise", N_("不是对企业的承诺，识别错了")


class InterestStatus(Term):
    """Where an expression of interest stands."""

    SENT = "sent", N_("等待答复")
    ACCEPTED = "accepted", N_("已接受")
    DECLINED = "declined", N_("已婉拒")
    WITHDRAWN = "withdrawn", N_("已撤回")
    EXPIRED = "expired", N_("已过期")


class DeclineReason(Term):
    """Why an interest was declined."""

    SPACE = "space", N_("场地不合适")
    PRICE = "price", N_("价格谈不拢")
    UTILITIES = "utilities", N_("水电气或排放不够")
    INDUSTRY = "industry", N_("产业方向不符")
    TIMING = "timing", N_("时间对不上")
    LOCATION = "location", N_("地点不合适")
    SKILLS = "skills", N_("专业或技能不符")
    TAKEN = "taken", N_("已有人选或已租售")
    OTHER = "other", N_("其他")


class ClaimStatus(Term):
    """Where a park authority's claim to a directory entry stands."""

    OPEN = "open", N_("待确认")
    CONFIRMED = "confirmed", N_("已确认")
    REFUSED = "refused", N_("未通过")


class ParkVerification(Term):
    """Who vouches for a park's directory entry."""

    DIRECTORY = "directory", N_("名录数据，园区尚未核实")
    CLAIMED = "claimed", N_("园区自报 · 未核实")
    CONFIRMED = "confirmed", N_("省级已核实")


class RegionLevel(Term):
    """The level of an administrative division."""

    PROVINCE = "province", N_("省级")
    PREFECTURE = "prefecture", N_("市州")
    COUNTY = "county", N_("县市区")
    CITY = "city", N_("大湾区城市")
    DISTRICT = "district", N_("大湾区的区")


class ParkLevel(Term):
    """Who approved a park."""

    NATIONAL = "national", N_("国家级")
    PROVINCIAL = "provincial", N_("省级")
    COOPERATION = "cooperation", N_("共建园、园中园")


class ParkType(Term):
    """The kind of development zone."""

    ECONOMIC_ZONE = "economic_zone", N_("经济开发区")
    TECHNOLOGY_ZONE = "technology_zone", N_("经济技术开发区")
    HIGH_TECH_ZONE = "high_tech_zone", N_("高新技术产业开发区")
    DEVELOPMENT_ZONE = "development_zone", N_("产业开发区")
    BONDED_ZONE = "bonded_zone", N_("综合保税区")
    ENCLAVE_PARK = "enclave_park", N_("飞地园区")
    THEME_PARK = "theme_park", N_("特色园区")


class TravelMode(Term):
    """How one travels."""

    RAIL = "rail", N_("铁路")
    ROAD = "road", N_("公路")


class IndustryLevel(Term):
    """A level of GB/T 4754-2017."""

    SECTION = "section", N_("门类")
    DIVISION = "division", N_("大类")
    GROUP = "group", N_("中类")
    CLASS = "class", N_("小类")


class NeedCategory(Term):
    """What an enterprise wants to do in Hunan."""

    WHOLE_RELOCATION = "whole_relocation", N_("整体搬迁")
    NEW_BASE = "new_base", N_("新建生产基地")
    EXPANSION = "expansion", N_("扩建增产")
    PART_OF_CAPACITY = "part_of_capacity", N_("转移部分产能")
    RD_IN_BAY = "rd_in_bay", N_("研发在大湾区、生产在湖南")
    HEADQUARTERS = "headquarters", N_("总部或研发中心")
    ENCLAVE_PARTNER = "enclave_partner", N_("寻找飞地共建伙伴")
    FARM_PRODUCE = "farm_produce", N_("农产品采购或基地")
    LOGISTICS = "logistics", N_("物流、仓储和冷链")
    DATA_CENTRE = "data_centre", N_("数据中心")
    CULTURE_TOURISM = "culture_tourism", N_("文化、旅游和康养")
    SERVICES = "services", N_("商贸和服务")


class OfferCategory(Term):
    """What a park has to give."""

    LAND_PLOT = "land_plot", N_("工业用地")
    STANDARD_FACTORY = "standard_factory", N_("标准厂房")
    BUILT_TO_SUIT = "built_to_suit", N_("定制厂房")
    INCUBATOR = "incubator", N_("孵化器、实验室")
    ENCLAVE_SLOT = "enclave_slot", N_("飞地席位")
    FARM_BASE = "farm_base", N_("农产品基地")
    LOGISTICS = "logistics", N_("物流仓储")
    SERVICE = "service", N_("公共服务")


class ProjectType(Term):
    """What siting rules call the project."""

    NEW = "new", N_("新建")
    RELOCATION = "relocation", N_("整体迁建")
    EXPANSION = "expansion", N_("扩建")
    RENOVATION = "renovation", N_("原址技改")
    PART_CAPACITY = "part_capacity", N_("转移部分产能")
    HEADQUARTERS = "hq", N_("总部")
    RESEARCH = "rd", N_("研发")


class Tenure(Term):
    """How premises are taken or given."""

    BUY_LAND = "buy_land", N_("购地自建")
    RENT_LAND = "rent_land", N_("租地")
    LEASE = "lease", N_("租赁厂房")
    BUY_FACTORY = "buy_factory", N_("购买厂房")
    BUILT_TO_SUIT = "built_to_suit", N_("定制代建")


class PortType(Term):
    """A port or customs facility."""

    BONDED_ZONE = "bonded_zone", N_("综合保税区")
    BONDED_CENTRE = "bonded_centre", N_("保税物流中心")
    RAIL_PORT = "rail_port", N_("铁路口岸")
    RIVER_PORT = "river_port", N_("水运口岸")
    AIR_PORT = "air_port", N_("航空口岸")


class Strictness(Term):
    """How strongly a wish about the place is meant."""

    MUST = "must", N_("必须")
    PREFER = "prefer", N_("优先")
    ANY = "any", N_("都可以")


class EiaClass(Term):
    """The class of the environmental impact assessment."""

    REPORT = "report", N_("报告书")
    FORM = "form", N_("报告表")
    REGISTER = "register", N_("登记表")


class Pollutant(Term):
    """A characteristic pollutant."""

    HEAVY_METALS = "heavy_metals", N_("重金属")
    VOCS = "vocs", N_("VOCs")
    NITROGEN_PHOSPHORUS = "nitrogen_phosphorus", N_("氮磷")
    HAZARDOUS_WASTE = "hazardous_waste", N_("危险废物")
    ODOUR = "odour", N_("恶臭")
    DUST = "dust", N_("粉尘")
    NONE = "none", N_("无特征污染物")


class Discharge(Term):
    """What leaves the plant."""

    WASTE_WATER = "waste_water", N_("废水")
    WASTE_GAS = "waste_gas", N_("废气")
    HAZARDOUS_WASTE = "hazardous_waste", N_("危险废物")
    ODOUR = "odour", N_("恶臭")
    NONE = "none", N_("都不排")


class HeavyMetal(Term):
    """A heavy metal under quota."""

    LEAD = "Pb", N_("铅")
    MERCURY = "Hg", N_("汞")
    CADMIUM = "Cd", N_("镉")
    CHROMIUM = "Cr", N_("铬")
    ARSENIC = "As", N_("砷")
    THALLIUM = "Tl", N_("铊")
    ANTIMONY = "Sb", N_("锑")
    NONE = "none", N_("不外排重金属")


class Fuel(Term):
    """What the plant burns."""

    POWER = "power", N_("电")
    GAS = "gas", N_("天然气")
    BIOMASS = "biomass", N_("生物质")
    COAL = "coal", N_("煤")
    OIL = "oil", N_("燃料油")
    NONE = "none", N_("不用燃料")


class InvestorOrigin(Term):
    """Where the investor comes from, looked through."""

    DOMESTIC = "domestic", N_("内资")
    HONG_KONG = "HK", N_("港资")
    MACAO = "MO", N_("澳资")
    TAIWAN = "TW", N_("台资")
    FOREIGN = "foreign", N_("外资")


class Trade(Term):
    """A trade that factories hire for."""

    ASSEMBLY = "assembly", N_("普工")
    WELDING = "welding", N_("焊工")
    MACHINING = "machining", N_("数控、机加工")
    ELECTRICAL = "electrical", N_("电工")
    SEWING = "sewing", N_("缝纫工")
    MOULDING = "moulding", N_("注塑、压铸工")
    CHEMICAL = "chemical", N_("化工操作工")
    QUALITY = "quality", N_("质检员")
    LOGISTICS = "logistics", N_("仓储物流")
    TECHNICIAN = "technician", N_("技术员")
    ENGINEER = "engineer", N_("工程师")


class IncentiveType(Term):
    """What support is asked for or given."""

    RENT = "rent", N_("租金优惠")
    RELOCATION = "relocation", N_("设备搬迁补助")
    EQUIPMENT = "equipment", N_("设备购置补助")
    DECORATION = "decoration", N_("厂房装修补助")
    LOAN_INTEREST = "loan_interest", N_("贷款贴息")
    HIRING = "hiring", N_("招工、培训补助")
    RESEARCH = "research", N_("研发补助")
    TALENT = "talent", N_("人才支持")
    HOUSING = "housing", N_("职工住房")
    SCHOOLING = "schooling", N_("子女入学")
    LOGISTICS = "logistics", N_("物流补助")
    EXPORT = "export", N_("通关、外贸便利")
    FUND = "fund", N_("产业基金投资")
    APPROVAL = "approval", N_("审批代办")
    OTHER = "other", N_("其他")


class CooperationMode(Term):
    """How the two sides would work together."""

    SELF_OPERATED = "self_operated", N_("独立投资运营")
    TRUSTEESHIP = "trusteeship", N_("托管")
    JOINT_STOCK = "joint_stock", N_("股份合作")
    PROMOTION = "promotion", N_("产业招商")
    JOINT_VENTURE = "joint_venture", N_("合资合作")
    ORDER_FARMING = "order_farming", N_("订单采购")


class ServiceType(Term):
    """A public service that a park or department gives."""

    ONE_STOP = "one_stop", N_("项目审批代办")
    CUSTOMS = "customs", N_("通关、口岸服务")
    INTELLECTUAL_PROPERTY = "intellectual_property", N_("知识产权")
    FINANCE = "finance", N_("融资对接")
    TRAINING = "training", N_("招工、技能培训")
    ENVIRONMENT = "environment", N_("环保服务")
    LABORATORY = "laboratory", N_("检验检测")


class ShorelineClass(Term):
    """The shore that a plot is measured from."""

    NAMED_TRUNK = "named_trunk", N_("长江或湘资沅澧干流")
    DONGTING = "dongting", N_("洞庭湖")
    OTHER_TRIBUTARY = "other_tributary", N_("其他支流")


class SpecialSector(Term):
    """A sector that needs a park listing it."""

    ELECTROPLATING = "electroplating", N_("电镀")
    DYEING = "dyeing", N_("印染")
    FIREWORKS = "fireworks", N_("烟花爆竹")
    HAZARDOUS_STORAGE = "hazardous_storage", N_("危险化学品仓储")
    WASTE_BATTERY = "waste_battery", N_("废旧电池")
    CHEMICAL = "chemical", N_("化工")
    EXPLOSIVES = "explosives", N_("民用爆炸物品")
    LEAD_BATTERY = "lead_battery", N_("铅蓄电池")
    HAZARDOUS_WASTE = "hazardous_waste", N_("危险废物")
    RECYCLING = "recycling", N_("废塑料、废轮胎再生")
    SLAUGHTER = "slaughter", N_("屠宰")
    NONE = "none", N_("都没有列明")


class WaterProtectionZone(Term):
    """The zone of a drinking-water source that a plot lies in."""

    FIRST = "l1", N_("一级保护区")
    SECOND = "l2", N_("二级保护区")
    QUASI = "quasi", N_("准保护区")


class NatureReserveZone(Term):
    """The zone of a nature reserve that a plot lies in, as reserves are divided since 15 March 2026."""

    CORE = "core", N_("核心保护区")
    GENERAL = "general", N_("一般控制区")


class GreenHeartZone(Term):
    """The zone of the green heart that a plot lies in, as it is divided since 1 September 2024."""

    CORE = "core", N_("核心保护区")
    FUSION = "fusion", N_("融合发展区")


class Education(Term):
    """The highest degree."""

    DOCTOR = "doctor", N_("博士")
    MASTER = "master", N_("硕士")
    BACHELOR = "bachelor", N_("本科")
    COLLEGE = "college", N_("专科")
    OTHER = "other", N_("其他")


class TitleRank(Term):
    """The rank of a professional title."""

    SENIOR = "senior", N_("正高")
    ASSOCIATE_SENIOR = "associate_senior", N_("副高")
    INTERMEDIATE = "intermediate", N_("中级")
    JUNIOR = "junior", N_("初级")
    NONE = "none", N_("无职称")


class SkillLevel(Term):
    """The level of a vocational skill, of the new eight-level scale."""

    CHIEF = "chief", N_("首席技师")
    SPECIAL = "special", N_("特级技师")
    SENIOR_TECHNICIAN = "senior_technician", N_("高级技师")
    TECHNICIAN = "technician", N_("技师")
    SENIOR_WORKER = "senior_worker", N_("高级工")
    INTERMEDIATE_WORKER = "intermediate_worker", N_("中级工")
    JUNIOR_WORKER = "junior_worker", N_("初级工")
    APPRENTICE = "apprentice", N_("学徒工")
    NONE = "none", N_("无技能等级")


class Identity(Term):
    """Which papers a talent travels on."""

    MAINLAND = "mainland", N_("内地")
    HONG_KONG = "hong_kong", N_("香港")
    MACAO = "macao", N_("澳门")
    TAIWAN = "taiwan", N_("台湾")
    FOREIGN = "foreign", N_("外籍")


class WayOfWorking(Term):
    """How a talent comes to Hunan."""

    FULL_TIME = "full_time", N_("全职")
    FLEXIBLE = "flexible", N_("柔性（每年在湘若干月）")
    PROJECT = "project", N_("项目合作")
    REMOTE_RESEARCH = "remote_research", N_("异地研发（人才飞地）")


class Support(Term):
    """One of the six supports of the plan's task 13."""

    SETTLE = "settle", N_("安家落户")
    CHILD_EDUCATION = "child_edu", N_("子女教育")
    SOCIAL_INSURANCE = "social_insurance", N_("社保转移")
    TITLE_REVIEW = "title_review", N_("职称评审")
    PROJECT_GRANT = "project_grant", N_("课题申报")
    EXAM = "exam", N_("职称和执业资格考试")


class Language(Term):
    """A language somebody works in."""

    MANDARIN = "mandarin", N_("普通话")
    CANTONESE = "cantonese", N_("粤语")
    ENGLISH = "english", N_("英语")
    PORTUGUESE = "portuguese", N_("葡语")
    JAPANESE = "japanese", N_("日语")
    OTHER = "other", N_("其他")


class EmployerType(Term):
    """What kind of employer."""

    ENTERPRISE = "enterprise", N_("企业")
    UNIVERSITY = "university", N_("高校")
    INSTITUTE = "institute", N_("科研院所")
    HOSPITAL = "hospital", N_("医疗机构")
    PARK_PLATFORM = "park_platform", N_("园区平台")


class PostingLanguage(Term):
    """The language a posting was written in."""

    ZH_HANS = "zh-Hans", "简体中文"
    ZH_HANT = "zh-Hant", "繁體中文"
    EN = "en", "English"


class ConsentPurpose(Term):
    """What somebody agreed to."""

    TERMS = "terms", N_("服务条款和隐私说明")
    TALENT_MATCHING = "talent_matching", N_("公开人才画像（不含姓名和联系方式）并参与匹配")


class RuleKind(Term):
    """What a siting rule does: the first three may refuse, the last two only tell."""

    LEGAL = "legal", N_("法规和政策")
    PHYSICAL = "physical", N_("物理条件")
    COMMERCIAL = "commercial", N_("园区条件")
    REQUIREMENT = "requirement", N_("手续要求")
    INFORMATION = "information", N_("提示")


class Evidence(Term):
    """Whether a fact was read, or is from memory."""

    PAGE = "page", N_("读到原文")
    KNOWLEDGE = "knowledge", N_("凭记忆")


class Precision(Term):
    """How precisely a day is known."""

    DAY = "day", N_("到日")
    MONTH = "month", N_("只知到月")
    YEAR = "year", N_("只知到年")


class RestrictedDecision(Term):
    """What an entry of a list leads to where it applies."""

    FAILS = "fails", N_("不符合")
    UNKNOWN = "unknown", N_("须人工核实")
    PASSES = "passes", N_("符合")
    FAILS_IF_NO_SUBSTITUTION = "fails_if_no_substitution", N_("没有替代来源的不符合")
    FAILS_IF_NO_QUOTA = "fails_if_no_quota", N_("没有总量来源的不符合")


class AreaType(Term):
    """The kind of area that a county lies in."""

    GREEN_HEART = "green_heart", N_("长株潭生态绿心")
    KEY_ECOLOGICAL_FUNCTION = "key_ecological_function", N_("国家重点生态功能区")
    XIANG_BASIN = "xiang_basin", N_("湘江流域")
    HEAVY_METAL_KEY_2012 = "heavy_metal_key_2012", N_("湘江重金属治理重点区域（2012—2015 年）")
    SHORELINE_YANGTZE = "shoreline_yangtze", N_("长江岸线")
    SHORELINE_XIANG = "shoreline_xiang", N_("湘江岸线")
    SHORELINE_ZI = "shoreline_zi", N_("资江岸线")
    SHORELINE_YUAN = "shoreline_yuan", N_("沅江岸线")
    SHORELINE_LI = "shoreline_li", N_("澧水岸线")
    SHORELINE_DONGTING = "shoreline_dongting", N_("洞庭湖岸线")
    XIANGNAN_XIANGXI_ZONE = "xiangnan_xiangxi_zone", N_("湘南湘西承接产业转移示范区")
    DAXIANGXI = "daxiangxi", N_("湘西地区开发范围")
    DONGTING_ECO_ZONE = "dongting_eco_zone", N_("洞庭湖生态经济区")
    CUSTOMS_PORT = "customs_port", N_("口岸和海关设施")


class Coverage(Term):
    """How much of a county lies in an area."""

    WHOLE = "whole", N_("全域")
    PART = "part", N_("部分")


class ChemicalAreaStatus(Term):
    """How certain it is that an area is recognised for chemical plants."""

    RECOGNISED = "recognised", N_("已认定")
    RECOGNISED_UNVERIFIED = "recognised_unverified", N_("据称已认定，待核")
    CANDIDATE_UNVERIFIED = "candidate_unverified", N_("可能是，未见认定文件")
    APPLICANT_NOT_RECOGNISED = "applicant_not_recognised", N_("申报中，尚未认定")
