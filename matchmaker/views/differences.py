"""What changed between two readings of a posting, in the words of its form."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _

from matchmaker import printing
from models import Field, Posting, WrongValue, check
from models.vocabulary import IncentiveType

Line = dict[str, Any]


def differences(
    kind: type[Posting],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    hidden: Collection[str] = (),
) -> list[Line]:
    """Return a line for each fact that differs between two snapshots: label, before and after, None for nothing."""
    fields = {name: field for name, field in kind.fields().items() if name not in hidden}
    lines = [
        {"label": _(field.label), "before": said(field, before.get(name)), "after": said(field, after.get(name))}
        for name, field in fields.items()
    ]
    if "incentives" in before or "incentives" in after:
        lines.append(
            {
                "label": _("优惠政策"),
                "before": incentives_said(before.get("incentives")),
                "after": incentives_said(after.get("incentives")),
            }
        )
    return [line for line in lines if line["before"] != line["after"]]


def said(field: Field, value: Any) -> str | None:
    """Print a value of a snapshot or a form with its unit; what a field no longer takes is printed as it was."""
    try:
        value = check(field, value)
    except WrongValue:
        return str(value)
    printed = printing.fact(field, value)
    return f"{printed} {_(field.unit)}" if printed is not None and field.unit else printed


def incentives_said(rows: Any) -> str | None:
    """Print the incentives of a snapshot in one line."""
    if not rows:
        return None
    return "；".join(_incentive_said(row) for row in rows)


def _incentive_said(row: Mapping[str, Any]) -> str:
    label = next((_(type_.label) for type_ in IncentiveType if type_ == row.get("type")), "")
    parts = [f"{label}：{row.get('summary')}"]
    if row.get("cap_wan") is not None:
        parts.append(_("最高 %(cap)s 万元", cap=printing.number(row["cap_wan"])))
    parts += [str(row[name]) for name in ("condition", "issuer", "source") if row.get(name)]
    if row.get("valid_from"):
        parts.append(_("%(day)s 起", day=row["valid_from"]))
    if row.get("valid_to"):
        parts.append(_("%(day)s 止", day=row["valid_to"]))
    return "，".join(parts)
