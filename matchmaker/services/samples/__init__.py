"""The sample market: invented, visibly so, the same on every machine, and removed with one command."""

from .market import ACCOUNTS, Account, AlreadyLoaded, NoReference, is_loaded, load
from .organisations import PASSWORD
from .removal import remove

__all__ = ["ACCOUNTS", "PASSWORD", "Account", "AlreadyLoaded", "NoReference", "is_loaded", "load", "remove"]
