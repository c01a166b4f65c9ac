"""How the facts of a step stand on its page: in groups with a title, short ones in pairs."""

from models.vocabulary import N_

Row = tuple[str, ...]
Group = tuple[str, tuple[Row, ...]]

LAYOUT: dict[tuple[str, str], tuple[Group, ...]] = {
    ("need", "about"): (
        (N_("项目"), (("title",), ("category",), ("description",))),
        (N_("行业与产品"), (("industry_codes",), ("products",))),
        (N_("企业"), (("from_city_code", "investor_origin"),)),
        (N_("上下游"), (("upstream_codes",), ("downstream_codes",))),
    ),
    ("need", "place"): (
        (N_("去哪里"), (("place_strictness",), ("target_prefecture_codes",))),
        (N_("什么时候"), (("premises_needed_on", "production_start_on"),)),
        (N_("交通与口岸"), (("rail_city_code", "max_rail_hours"), ("ports_needed",))),
    ),
    ("need", "space"): (
        (N_("取得方式"), (("tenures",),)),
        (N_("土地"), (("land_area_mu",), ("accepts_split_plots",))),
        (
            N_("厂房"),
            (("floor_area_sqm", "single_building_sqm"), ("clear_height_m", "floor_load_kn_sqm")),
        ),
        (N_("自建的用地指标"), (("plot_ratio", "building_coefficient_percent"), ("office_land_percent",))),
    ),
    ("need", "utilities"): (
        (N_("用电"), (("power_kva",), ("dual_supply_needed",))),
        (N_("用水与排水"), (("water_m3_per_day", "sewage_m3_per_day"),)),
        (
            N_("用气、蒸汽与能耗"),
            (("gas_m3_per_day", "steam_t_per_hour"), ("power_use_kwh_per_year", "energy_use_tce")),
        ),
    ),
    ("need", "siting"): (
        (N_("项目与工艺"), (("project_type", "eia_class"), ("adds_capacity",), ("processes",))),
        (N_("污染与燃料"), (("discharges",), ("pollutants",), ("fuels",), ("substitution_source",))),
        (
            N_("电镀与重金属"),
            (
                ("electroplating_step",),
                ("heavy_metals",),
                ("heavy_metal_kg_per_year", "heavy_metal_ratio"),
                ("heavy_metal_quota_source",),
            ),
        ),
        (
            N_("化学与危险"),
            (
                ("has_chemical_reaction",),
                ("compounding_only",),
                ("product_is_hazardous_chemical",),
                ("serves_other_industry",),
                ("major_hazard_source",),
            ),
        ),
    ),
    ("need", "people"): ((N_("用工"), (("headcount_needed", "dormitory_beds"), ("workers_by_trade",))),),
    ("need", "money"): (
        (N_("投资与税收"), (("investment_yi", "fixed_investment_yi"), ("tax_per_mu_wan",))),
        (
            N_("能接受的价格"),
            (("land_price_cap_wan_per_mu", "rent_cap_yuan_per_sqm_month"), ("power_price_cap_yuan_per_kwh",)),
        ),
        (N_("支持与合作"), (("policy_asks",), ("cooperation_modes",), ("annual_purchase_t",))),
    ),
    ("offer", "about"): (
        (N_("载体"), (("title",), ("category",), ("park_code",), ("description",))),
        (N_("行业"), (("welcomed_codes",), ("refused_codes",))),
        (N_("产品与服务"), (("products",), ("service_type",))),
    ),
    ("offer", "space"): (
        (N_("供给与交付"), (("tenures",), ("available_on", "slots"))),
        (N_("土地"), (("available_area_mu", "largest_plot_mu"),)),
        (N_("厂房"), (("floor_area_sqm", "largest_building_sqm"), ("clear_height_m", "floor_load_kn_sqm"))),
    ),
    ("offer", "utilities"): (
        (
            N_("现有余量"),
            (
                ("power_spare_kva", "gas_spare_m3_per_day"),
                ("water_spare_m3_per_day", "sewage_spare_m3_per_day"),
                ("spare_as_of",),
            ),
        ),
        (N_("供电与专管"), (("dual_supply",), ("dedicated_sewage_line",))),
        (
            N_("已定的扩容"),
            (
                ("power_upgrade_kva", "power_upgrade_on"),
                ("sewage_upgrade_m3_per_day", "sewage_upgrade_on"),
                ("gas_upgrade_m3_per_day", "gas_upgrade_on"),
            ),
        ),
        (N_("用工"), (("workers_available",),)),
    ),
    ("offer", "money"): (
        (
            N_("价格"),
            (
                ("land_price_wan_per_mu", "rent_yuan_per_sqm_month"),
                ("power_price_yuan_per_kwh",),
                ("price_valid_from", "price_source"),
            ),
        ),
        (
            N_("准入门槛"),
            (
                ("min_investment_per_mu_wan", "min_tax_per_mu_wan"),
                ("thresholds_can_be_waived",),
                ("thresholds_valid_from", "thresholds_valid_to"),
                ("thresholds_source",),
            ),
        ),
    ),
    ("offer", "siting"): (
        (N_("园区与片区"), (("in_park_boundary",), ("in_chemical_area",), ("listed_sectors",))),
        (N_("岸线"), (("shoreline_class",), ("shoreline_distance_m", "shoreline_accuracy_m"))),
        (
            N_("保护范围"),
            (
                ("in_ecological_redline",),
                ("in_permanent_farmland",),
                ("in_water_protection_zone",),
                ("water_protection_zone",),
                ("in_nature_reserve",),
                ("nature_reserve_zone",),
                ("in_wetland",),
                ("in_green_heart",),
                ("green_heart_zone",),
            ),
        ),
        (
            N_("园区生态环境准入清单"),
            (
                ("access_list_source",),
                ("access_list_valid_to",),
                ("access_banned_codes",),
                ("access_restricted_codes",),
            ),
        ),
        (
            N_("县产业准入负面清单"),
            (("county_list_source",), ("county_banned_codes",), ("county_restricted_codes",)),
        ),
        (N_("口岸与资料日期"), (("customs_facilities",), ("siting_as_of",))),
    ),
    ("offer", "policy"): (
        (N_("飞地合作"), (("enclave_modes",), ("home_region_code", "enclave_term_years"))),
        (N_("农产品供应"), (("annual_supply_t",),)),
    ),
    ("talent", "about"): (
        (N_("专业"), (("title",), ("field_codes",), ("skills",))),
        (N_("经历"), (("description",), ("years_experience",), ("languages",))),
    ),
    ("talent", "level"): (
        (N_("学历与职称"), (("education", "title_rank"), ("skill_level",))),
        (N_("职业资格"), (("licences",), ("licence_origin",))),
        (N_("个人情况"), (("identity", "birth_year"),)),
    ),
    ("talent", "coming"): (
        (N_("从哪里来"), (("current_city_code", "available_on"), ("ways_of_coming",), ("months_per_year",))),
        (N_("到哪里去"), (("place_strictness",), ("target_prefecture_codes",), ("employer_types",))),
        (N_("待遇"), (("salary_expected_wan",),)),
    ),
    ("talent", "support"): (
        (N_("芙蓉人才"), (("furong_category",),)),
        (N_("支持事项"), (("supports_wanted",), ("household_size",))),
    ),
    ("position", "about"): (
        (N_("岗位"), (("title",), ("description",), ("field_codes",), ("skills",))),
        (N_("单位与地点"), (("region_code", "employer_type"), ("headcount",))),
    ),
    ("position", "asks"): (
        (
            N_("学历、职称与年限"),
            (("education_required", "title_required"), ("skill_level_required", "years_required")),
        ),
        (N_("资格与语言"), (("licences_required",), ("licence_origins_accepted",), ("languages_required",))),
    ),
    ("position", "gives"): (
        (N_("工作方式"), (("ways_of_working",), ("months_per_year", "start_on"))),
        (N_("待遇"), (("salary_low_wan", "salary_high_wan"), ("housing_offered",), ("supports_offered",))),
    ),
}
