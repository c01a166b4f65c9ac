"""Passwords are kept so that nobody can read them, and judged so that nobody guesses them."""

import pytest
from argon2 import PasswordHasher

from matchmaker.services import passwords as svc


def test_a_password_fits_its_own_hash_and_no_other() -> None:
    kept = svc.hash_password("四十七只白鹭飞过洞庭湖面")
    assert svc.fits(kept, "四十七只白鹭飞过洞庭湖面")
    assert not svc.fits(kept, "四十七只白鹭飞过洞庭湖")
    assert kept != svc.hash_password("四十七只白鹭飞过洞庭湖面"), "every hash has a salt of its own"


def test_the_hash_says_argon2id_with_nineteen_mebibytes_and_two_passes() -> None:
    assert svc.hash_password("四十七只白鹭飞过洞庭湖面").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_full_width_letter_is_the_letter() -> None:
    assert svc.fits(svc.hash_password("ｅｇｒｅｔｓ－４７－over-Dongting"), "egrets-47-over-Dongting")


def test_nobody_has_no_password() -> None:
    assert not svc.fits(None, "nobody has this password")


@pytest.mark.parametrize("kept", ["", "-", "md5:abc", "$argon2id$broken"])
def test_a_hash_that_is_none_fits_nothing(kept: str) -> None:
    assert not svc.fits(kept, "x")


def test_a_hash_of_weaker_settings_is_outdated() -> None:
    assert svc.is_outdated(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("x"))
    assert not svc.is_outdated(svc.hash_password("x"))


@pytest.mark.parametrize(
    "weak", ["short", "123456789", "1234567890", "password123", "Aa123456!!", "Hunan@2026", "qwertyuiop"]
)
def test_what_is_short_or_easy_to_guess_is_refused(weak: str) -> None:
    with pytest.raises(svc.WeakPassword):
        svc.judge(weak)


@pytest.mark.parametrize("strong", ["四十七只白鹭飞过洞庭湖面", "egrets over dongting lake", "x" * 3 + "qv7!pl2-kd9z"])
def test_length_is_strength_and_no_mixture_is_asked_for(strong: str) -> None:
    svc.judge(strong, ["lin@example.com", "林晓燕"])


def test_ones_own_names_are_easy_to_guess() -> None:
    svc.judge("kestrelworks7419")
    with pytest.raises(svc.WeakPassword):
        svc.judge("kestrelworks7419", ["kestrelworks7419@example.com"])
    for latin in ("ouyangxiaoyan", "xiaoyan2026"):
        with pytest.raises(svc.WeakPassword):
            svc.judge(latin, ["欧阳晓燕"])


def test_a_password_has_an_end() -> None:
    with pytest.raises(svc.WeakPassword, match="128"):
        svc.judge("四十七只白鹭飞过洞庭湖面" * 20)
