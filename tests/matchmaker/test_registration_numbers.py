"""Numbers of three registers: what is typed in many ways is kept in one, and what no register gives out is refused."""

from collections.abc import Callable

import pytest

from matchmaker import registration_numbers as svc


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (svc.uscc, "91440300999900011A", "91440300999900011A"),
        (svc.uscc, " 91440300 999900011a ", "91440300999900011A"),
        (svc.uscc, "９１４４０３００９９９９０００１１Ａ", "91440300999900011A"),
        (svc.hong_kong, "12345678", "12345678"),
        (svc.hong_kong, "12345678-000-01-24-5", "12345678"),
        (svc.hong_kong, "C12345", "C0012345"),
        (svc.hong_kong, "f0001234", "F0001234"),
        (svc.hong_kong, "123456", "0123456"),
        (svc.macao, "12345 (SO)", "12345 (SO)"),
        (svc.macao, "012345SO", "12345 (SO)"),
        (svc.macao, "１２３４５（SO）", "12345 (SO)"),
        (svc.macao, "12345", "12345"),
    ],
)
def test_one_number_has_one_spelling(check: Callable[[str], str], typed: str, kept: str) -> None:
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (svc.uscc, "91440300999900011B"),
        (svc.uscc, "9144030099990001"),
        (svc.uscc, "91440300999900011I"),
        (svc.uscc, ""),
        (svc.hong_kong, "123"),
        (svc.hong_kong, "123456789"),
        (svc.hong_kong, "ABC12345"),
        (svc.macao, "1234567"),
        (svc.macao, "SO12345"),
        (svc.macao, "' OR 1=1"),
    ],
)
def test_what_no_register_gives_out_is_refused_in_chinese(check: Callable[[str], str], typed: str) -> None:
    with pytest.raises(svc.WrongNumber) as wrong:
        check(typed)
    assert not str(wrong.value).isascii()
