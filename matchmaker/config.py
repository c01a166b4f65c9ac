"""Every setting, read once from the environment; a wrong one stops the program with a sentence."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

ROOT = Path(__file__).resolve().parent.parent


class WrongSetting(SystemExit):
    """A setting that the portal can't start with; its text is the sentence the operator reads."""


class Settings(BaseModel):
    """What an operator may set; each name is an environment variable in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    portal_env: Literal["development", "production"] = "development"
    # Everything the portal writes on its own disk: database, index, vectors, key.
    portal_var: Path = ROOT / "var"
    database_url: str = ""
    secret_key: str = ""
    portal_host: str = "127.0.0.1"
    portal_port: int = Field(default=8000, ge=1, le=65535)
    # The address that people type, https in production; links and the host check come from it.
    public_url: str = ""
    # "builtin", or the path or id of any sentence-transformers model on this machine.
    encoder: str = "builtin"
    # Whether lists are kept from sending everybody to the same few parks.
    exposure: bool = True
    # One proxy in front may tell us the client's address and scheme; 0 means that nobody may.
    trusted_proxies: int = Field(default=0, ge=0, le=3)
    debug: bool = False

    @property
    def is_production(self) -> bool:
        """Say whether real people use this instance."""
        return self.portal_env == "production"

    @property
    def url_of_database(self) -> str:
        """Return the database's address; a file under var/ when none is set."""
        return self.database_url or f"sqlite:///{self.portal_var / 'market.db'}"

    @property
    def hosts(self) -> list[str]:
        """Return the host names that a request may ask for."""
        if self.public_url:
            return [urlsplit(self.public_url).hostname or ""]
        return ["127.0.0.1", "localhost", "[::1]", self.portal_host]

    @model_validator(mode="after")
    def _production_is_safe(self) -> "Settings":
        if not self.is_production:
            return self
        if self.debug:
            raise ValueError("DEBUG must be off in production")
        if len(self.secret_key) < 32 or len(set(self.secret_key)) < 10:
            raise ValueError("SECRET_KEY must be at least 32 random characters in production")
        if urlsplit(self.public_url).scheme != "https":
            raise ValueError("PUBLIC_URL must be the portal's https address in production")
        if not self.database_url.startswith("postgresql"):
            raise ValueError("DATABASE_URL must name a PostgreSQL database in production")
        return self


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, or stop with a sentence that names the wrong one."""
    given = {name: environment[name.upper()] for name in Settings.model_fields if environment.get(name.upper())}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part).upper() for part in first["loc"]]
        words = ["Wrong setting:", *where, first["msg"].removeprefix("Value error, ")]
        raise WrongSetting(" ".join(words)) from None


def secret_key(settings: Settings) -> str:
    """Return the key that signs cookies: the set one, or in development one kept under var/."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.portal_var / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
