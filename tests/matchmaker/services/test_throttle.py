"""Guessing gets slow: counted in the database, for a pair and for an address, and never for the owner elsewhere."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import Database
from matchmaker.services import throttle as svc
from models import SignInAttempt

HERE, THERE = "198.51.100.7", "203.0.113.9"


def fail(session: Session, email: str = "lin@example.com", address: str = HERE) -> None:
    svc.settle(session, email, address, succeeded=False)


def is_held_off(session: Session, email: str = "lin@example.com", address: str = HERE) -> bool:
    try:
        svc.check(session, email, address)
    except svc.TooManyAttempts:
        return True
    return False


def test_five_failures_hold_the_pair_off_for_fifteen_minutes(session: Session, clock: time_machine.Traveller) -> None:
    for _ in range(4):
        fail(session)
    assert not is_held_off(session)
    fail(session)
    assert is_held_off(session)
    clock.shift(dt.timedelta(minutes=15))
    assert not is_held_off(session)


def test_it_is_said_until_when(session: Session, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        fail(session)
        clock.shift(dt.timedelta(minutes=1))
    with pytest.raises(svc.TooManyAttempts) as wait:
        svc.check(session, "lin@example.com", HERE)
    assert wait.value.until == dt.datetime(2026, 11, 24, 9, 15, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_the_owner_elsewhere_is_never_locked_out(session: Session, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        fail(session)
    assert is_held_off(session)
    assert not is_held_off(session, address=THERE)
    assert not is_held_off(session, email="he@example.com")


def test_knocking_while_held_off_does_not_prolong_it(session: Session, clock: time_machine.Traveller) -> None:
    for _ in range(5):
        fail(session)
    clock.shift(dt.timedelta(minutes=10))
    with pytest.raises(svc.TooManyAttempts):
        fail(session)
    session.rollback()
    clock.shift(dt.timedelta(minutes=5))
    assert not is_held_off(session)


def test_ten_failures_hold_an_address_off_for_five_minutes_whatever_the_accounts(
    session: Session, clock: time_machine.Traveller
) -> None:
    for n in range(10):
        fail(session, f"somebody{n}@example.com")
    assert is_held_off(session, "nobody-yet@example.com")
    assert not is_held_off(session, "nobody-yet@example.com", THERE)
    clock.shift(dt.timedelta(minutes=5))
    assert not is_held_off(session, "nobody-yet@example.com")


def test_a_whole_ipv6_network_is_one_address(session: Session, clock: time_machine.Traveller) -> None:
    for n in range(5):
        fail(session, address=f"2001:db8:1:2::{n:x}")
    assert is_held_off(session, address="2001:db8:1:2:ffff::1")
    assert not is_held_off(session, address="2001:db8:1:3::1")


def test_success_forgets_the_pairs_failures_and_no_others(session: Session, clock: time_machine.Traveller) -> None:
    for _ in range(4):
        fail(session)
        fail(session, "he@example.com")
    svc.settle(session, "lin@example.com", HERE, succeeded=True)
    fail(session)
    assert not is_held_off(session)
    fail(session, "he@example.com")
    assert is_held_off(session, "he@example.com")


def test_a_right_password_beyond_the_limit_is_not_told_from_a_wrong_one(
    session: Session, clock: time_machine.Traveller
) -> None:
    for _ in range(5):
        fail(session)
    for succeeded in (True, False):
        with pytest.raises(svc.TooManyAttempts):
            svc.settle(session, "lin@example.com", HERE, succeeded)
        session.rollback()


def test_old_failures_leave_the_database(session: Session, clock: time_machine.Traveller) -> None:
    fail(session)
    clock.shift(dt.timedelta(minutes=16))
    fail(session, "he@example.com")
    assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_the_mail_address_itself_is_not_kept(session: Session) -> None:
    fail(session)
    (attempt,) = session.scalars(select(SignInAttempt)).all()
    assert "lin" not in attempt.account_hash


def test_fifty_guesses_at_once_get_five_answers(database: Database, session: Session) -> None:
    """Each thread is a worker with a connection of its own; together they learn no more than one would."""
    gate = Barrier(10)

    def guess(_: int) -> int:
        gate.wait()
        answers = 0
        for _n in range(5):
            with database.writing() as own:
                try:
                    svc.settle(own, "lin@example.com", HERE, succeeded=False)
                except svc.TooManyAttempts:
                    continue
                answers += 1
        return answers

    with ThreadPoolExecutor(10) as workers:
        assert sum(workers.map(guess, range(10))) == 5
