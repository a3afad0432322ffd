"""What an installation decides: where its data lies, its key, its mail server. From the environment (`IHALA_...`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Without any it is the demonstration: SQLite and a generated key in `data_folder`, invented people only."""

    model_config = SettingsConfigDict(env_prefix="IHALA_", env_file=None, extra="ignore", frozen=True)

    data_folder: Path = Path("data")
    """Holds the SQLite file and, in the demonstration, the generated key."""
    database: str = ""
    """An SQLAlchemy address; empty: `ihala.sqlite` in `data_folder`."""
    key: SecretStr = SecretStr("")
    """The key-encryption key: 32 bytes in base64. Empty: `key_file`."""
    key_file: Path | None = None
    """Holds keys, one a line, the present one first. Empty: `keys` in `data_folder`, made by the demonstration only."""
    workflows: Path = Path(__file__).resolve().parent.parent / "workflows"
    """The mechanism that becomes release 1 of a new installation."""
    production: bool = False
    address: str = "http://127.0.0.1:8000"
    """Where people reach the pages; stands in e-mails before the case number."""

    mail_server: str = ""
    """Host of the SMTP server; empty: e-mails stay where people of the demonstration see them."""
    mail_port: int = 587
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_from: str = "ihala@localhost"

    session_minutes: int = Field(default=30, gt=0)
    """A session ends after so long without a request."""
    session_hours: int = Field(default=10, gt=0)
    """A session ends after so long in any case: one working day."""
    live_instances: int = Field(default=200, ge=0)
    """How many restored instances a process keeps in memory."""
    message_days: int = Field(default=30, gt=0)
    """How long a message that nobody waits for is kept, and how long the id of one is known."""
    metrics_token: SecretStr = SecretStr("")
    """Who shows it may read the figures under `/metrics`. Empty: only the demonstration, to its own machine."""
    tick_seconds: float = Field(default=5.0, gt=0)
    """How often the worker looks for due timers."""

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.data_folder / 'ihala.sqlite').resolve()}"
