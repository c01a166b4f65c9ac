"""What drawn sides say: words that are nearly answers, values at the limits of rules, and which fact answers which."""

from typing import Any

WORDS = ["", "无", "无。", "none", " 无 ", "None", "没有来源", "待定", "暂无", "某公司关停的电镀线", "交易凭证 2026-17"]
LICENCES = ["注册建造师", "一级注册建造师", "执业药师", "CPA", "ＣＰＡ", "cpa 会员", "律师", " "]
SKILLS = ["电镀", "无电镀", "注塑", "SMT", "含氰电镀", "化学合成原料药", "前驱体", "不含前驱体", "印染", "混合"]

# Which number of the premises answers which number of the need.
ANSWERED_BY = [
    ("sewage_m3_per_day", "sewage_spare_m3_per_day"),
    ("power_kva", "power_spare_kva"),
    ("gas_m3_per_day", "gas_spare_m3_per_day"),
    ("land_area_mu", "largest_plot_mu"),
    ("land_area_mu", "available_area_mu"),
    ("floor_area_sqm", "floor_area_sqm"),
    ("floor_area_sqm", "largest_building_sqm"),
    ("single_building_sqm", "largest_building_sqm"),
    ("clear_height_m", "clear_height_m"),
    ("floor_load_kn_sqm", "floor_load_kn_sqm"),
    ("land_price_cap_wan_per_mu", "land_price_wan_per_mu"),
    ("rent_cap_yuan_per_sqm_month", "rent_yuan_per_sqm_month"),
    ("power_price_cap_yuan_per_kwh", "power_price_yuan_per_kwh"),
    ("tax_per_mu_wan", "min_tax_per_mu_wan"),
    ("premises_needed_on", "available_on"),
    ("production_start_on", "available_on"),
    ("premises_needed_on", "sewage_upgrade_on"),
    ("production_start_on", "power_upgrade_on"),
    ("premises_needed_on", "gas_upgrade_on"),
]
LISTS = (
    "refused_codes",
    "access_banned_codes",
    "access_restricted_codes",
    "county_banned_codes",
    "county_restricted_codes",
)
ANSWERED_BY_TALENT = [
    ("months_per_year", "months_per_year"),
    ("years_required", "years_experience"),
    ("salary_low_wan", "salary_expected_wan"),
    ("salary_high_wan", "salary_expected_wan"),
    ("start_on", "available_on"),
]


# What plots, projects and quotas are mostly like, and the limits that their rules name.
LIKELY: dict[str, tuple[Any, ...]] = {
    "in_ecological_redline": ("no",),
    "in_permanent_farmland": ("no",),
    "in_water_protection_zone": ("no", "no", "yes"),
    "in_nature_reserve": ("no", "no", "no", "yes"),
    "in_wetland": ("no",),
    "in_green_heart": ("no", "yes", "unsure"),
    "in_park_boundary": ("yes", "no", "no"),
    "shoreline_class": ("named_trunk", "named_trunk", "dongting", "other_tributary"),
    "shoreline_distance_m": (0, 940, 949.9999, 950, 950.0001, 1000, 1049, 1050, 1050.0001, 2000, 3000, 3050, 3051),
    "shoreline_accuracy_m": (0, 5, 50, 50, 100),
    "heavy_metal_ratio": (0.9999, 1, 1.1, 1.1999, 1.2, 1.5),
    "heavy_metal_kg_per_year": (0, 0.5, 12, 300),
    "electroplating_step": ("yes", "no", "unsure"),
    "adds_capacity": ("yes", "no", "no", "unsure"),
    "discharges": (["none"], ["waste_water"], ["waste_gas"], []),
    "investor_origin": ("domestic", "HK", "foreign", "TW"),
}
