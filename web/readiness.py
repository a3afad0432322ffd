"""What production mode refuses to start with, and that it is not yet for real persons."""

from __future__ import annotations

from urllib.parse import urlsplit

from engine import Ihala, Refusal, Text, accounts


class NotReady(Refusal):
    sentence = Text(
        "Production mode does not start: {reason}",
        "لا يبدأ وضع التشغيل الفعلي: {reason}",
    )


DEMONSTRATION_ACCOUNTS = Text(
    "there are accounts of the demonstration with a known password. The operator can start with a new database.",
    "توجد حسابات من نسخة العرض كلمة مرورها معروفة للجميع. يمكن لمشغّل النظام البدء بقاعدة بيانات جديدة.",
)
NO_TLS = Text(
    "IHALA_ADDRESS is not an https address, so cookies would travel unprotected. The operator can set it.",
    "قيمة IHALA_ADDRESS ليست عنوان https، فتنتقل ملفات الارتباط دون حماية. يمكن لمشغّل النظام ضبطها.",
)
NOT_YET = Text(
    "This version is not yet for real persons: the second factor and emergency access with review are missing.",
    "هذه النسخة ليست بعد لأشخاص حقيقيين: لا تزال المصادقة الثنائية والوصول الطارئ المُراجَع غير متوفرين.",
)


def check_ready(ihala: Ihala) -> Text:
    """What production mode has to say; empty for a demonstration. Raises `NotReady` with what it cannot have."""
    if not ihala.settings.production:
        return Text("")
    if accounts.has_demonstration_accounts(ihala):
        raise NotReady(reason=DEMONSTRATION_ACCOUNTS)
    if urlsplit(ihala.settings.address).scheme != "https":
        raise NotReady(reason=NO_TLS)
    return NOT_YET
