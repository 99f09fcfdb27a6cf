"""Secrets at rest: encrypted with one key of the installation."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from frontdesk.errors import FrontdeskError
from frontdesk.ids import new_id


class SecretUnreadableError(FrontdeskError):
    """A stored secret was encrypted with another key."""

    code = "secret_unreadable"


class SecretBox:
    """Encrypts and decrypts with authenticated encryption."""

    def __init__(self, key: str) -> None:
        """`key` may be any text of enough entropy; 32 bytes are derived from it."""
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

    def seal(self, plain: bytes) -> bytes:
        """Encrypt."""
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """Decrypt; raises SecretUnreadableError when the key is not the one it was sealed with."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SecretUnreadableError(
                "a stored secret does not open with this key; set FRONTDESK_SECRET_KEY to the key it was stored with"
            ) from None


def installation_key(data_dir: Path, configured: str | None) -> str:
    """The configured key, else the one in `data_dir/secret.key`, which is made on first use."""
    if configured:
        return configured
    path = data_dir / "secret.key"
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        pass
    data_dir.mkdir(parents=True, exist_ok=True)
    key = Fernet.generate_key().decode("ascii")
    draft = path.with_suffix(f".{new_id()}")
    draft.touch(mode=0o600)
    draft.write_text(key, "ascii")
    try:
        os.link(draft, path)  # refuses to replace a key that another process made first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii")
