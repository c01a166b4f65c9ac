"""Replaying relocations: rows as files have them, and figures that no order can flatter."""

import dataclasses
import io

import pytest

from matchmaker.recommender.evaluate import WrongCases, evaluate, read_cases

HEAD = "case_id,company,from_city,to_prefecture_code,to_county,to_county_code,to_park,mode,gb4754,description"


def cases(reference, *rows):
    return read_cases([HEAD, *rows], reference).cases


def test_rows_are_read_as_files_have_them(reference):
    read = cases(
        reference,
        "A,甲公司,深圳市宝安区,,,431003,,新建基地,C3982;3974,做线路板",
        "B,乙公司,火星,,汝城,,,整体迁建,9999,做罐头",
        "C,丙公司,东莞,,,430121,,总部/研发,,做软件",
        "D,丁公司,东莞,,,,,,C3982,没有写县",
    )
    assert [case.id for case in read] == ["A", "B", "C"]
    first, second, third = (case.need for case in read)
    assert first.codes == ("C3982", "C3974")
    assert (first.get("from_city_code"), second.get("from_city_code"), second.codes) == ("440300", None, ())
    assert [case.county for case in read] == ["431003", "431026", "430121"]
    assert (second.get("category"), third.get("category")) == ("whole_relocation", "headquarters")


def test_no_name_of_a_company_or_place_reaches_the_matcher(reference):
    case = cases(reference, "A,甲公司,深圳,431000,,431003,苏仙元器件园,,C3982,做线路板")[0]
    said = " ".join(str(value) for value in case.need.facts.values())
    assert "甲公司" not in said
    assert "431003" not in said
    assert "苏仙" not in said


def test_a_table_of_something_else_is_refused_in_a_sentence(reference):
    with pytest.raises(WrongCases, match="to_county_code"):
        read_cases(["name,colour", "a,b"], reference)


def test_a_table_may_be_written_in_many_ways(reference):
    table = (
        "# from a survey\r\n Description ,TO_COUNTY,gb4754,colour\r\n"
        '"做线路板\n# 和柔性板",郴州市苏仙区,C3982|398.,red\r\n做罐头,火星,C14,\r\n做饼干,长沙县,,\r\n'
    )
    read = read_cases(io.StringIO(table, newline=""), reference)
    assert [case.county for case in read.cases] == ["431003", "430121"]
    assert read.left_out == [2]
    assert read.cases[0].need.codes == ("C3982", "C398")
    assert "柔性板" in read.cases[0].need.get("description")


def test_a_cell_without_end_is_refused_in_a_sentence(reference):
    with pytest.raises(WrongCases, match="CSV"):
        read_cases([HEAD, '"' + "x" * 200_000], reference)


def test_every_order_is_measured_in_one_run(reference, parks, today):
    read = cases(
        reference,
        "A,甲,深圳,,,431003,,,C3982,做电子元器件",
        "B,乙,东莞,,,431026,,,C141,做食品",
        "C,丙,东莞,,,430121,,,C397,做电子信息产品",
    )
    figures = {row.order: row for row in evaluate(read, parks, reference, today)}
    assert set(figures) == {
        "ours",
        "ours, cross-validated",
        "ours, told prefecture",
        "popularity",
        "tfidf",
        "cosine",
    }
    assert {row.cases for row in figures.values()} == {3}
    assert figures["ours"].mrr > 0.6
    assert figures["ours"].county_top5_low <= figures["ours"].county_top5 <= figures["ours"].county_top5_high
    # Each went to a county of its own, so the others' answers tell nothing, and ties count against an order.
    assert figures["popularity"].mrr < 0.5
    assert figures["cosine"].mrr < 0.5


def test_invented_parks_change_no_figure(reference, parks, park, today):
    read = cases(reference, "A,甲,深圳,,,431003,,,C3982,做电子元器件")
    invented = {f"SP{n}": dataclasses.replace(park("HN1", is_sample=True), code=f"SP{n}") for n in range(5)}
    assert evaluate(read, parks, reference, today) == evaluate(read, parks | invented, reference, today)


def test_affiliated_firms_count_once(reference, parks, today):
    head = HEAD + ",group"
    rows = (
        "A,东鹏饮料,深圳,,,431003,,,C3982,做电子元器件,",
        "B,东鹏水业,深圳,,,431003,,,C3982,做电子元器件,",
        "C,东鹏瓷砖,佛山,,,431003,,,C3982,做电子元器件,",
        "D,某某罐头,东莞,,,430121,,,C2614,做有机原料,某集团",
        "E,另一罐头,深圳,,,430121,,,C2614,做有机原料,某集团",
        "F,,,,,430121,,,C2614,做有机原料,",
    )
    read = read_cases([head, *rows], reference).cases
    groups = [case.group for case in read]
    assert groups[0] == groups[1] != groups[2]
    assert groups[3] == groups[4] == "某集团"
    assert len(set(groups)) == 4
    ours = evaluate(read, parks, reference, today)[0]
    assert (ours.cases, ours.groups) == (6, 4)
    assert ours.county_top5_by_group == pytest.approx(1.0)


def test_weights_are_chosen_without_a_look_at_the_own_group(reference, parks, today):
    read = cases(
        reference,
        "A,甲,深圳,,,431003,,,C3982,做电子元器件",
        "B,乙,东莞,,,431026,,,C141,做食品",
    )
    ours, validated = evaluate(read, parks, reference, today)[:2]
    # Where all choices find the same, the portal's own weights stand.
    assert dataclasses.replace(validated, order=ours.order) == ours
