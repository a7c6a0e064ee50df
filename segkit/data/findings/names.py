"""What the name of a column gives away: a protected attribute, an outcome, a number that only names a customer."""

import re

_SENSITIVE = {
    *("gender", "sex", "male", "female", "race", "ethnicity", "ethnic", "nationality", "citizenship", "caste"),
    *("religion", "religious", "political", "politics", "sexual", "sexuality", "pregnant", "pregnancy"),
    *("health", "disability", "disabilities", "disabled", "handicap"),
}
# `Health_Products_Spend` is about shopping.
_TRADE = {
    *("spend", "spending", "spent", "mnt", "amount", "sales", "revenue", "price", "cost", "insurance"),
    *("product", "products", "purchase", "purchases", "orders", "items", "food"),
}
_OUTCOMES = {
    *("churn", "churned", "churner", "exited", "attrition", "attrited", "response", "responded", "responder"),
    *("converted", "conversion", "subscribed", "defaulted", "target", "outcome", "label"),
}
# Words that leave an outcome an outcome. Any other word makes it a measurement (response time), a plan (target group)
# or something known beforehand (previous outcome).
_BESIDES = {
    *("is", "has", "was", "did", "will", "the", "to", "customer", "client", "user", "member", "true", "actual"),
    *("flag", "indicator", "ind", "yn", "bool", "binary", "status", "value", "class"),
    *("next", "last", "month", "year", "quarter", "campaign", "offer", "payment", "loan", "default"),
}
_NUMBERED = {
    *("invoice", "order", "customer", "client", "account", "card", "policy", "contract", "member", "phone", "row"),
}
_REACHES = {"phone", "telephone", "cellphone", "mobile", "fax", "iban", "passport", "ssn"}
_BIRTHS = {
    *("birth", "born", "yob", "dob", "birthyear", "birthday", "birthdate", "dateofbirth", "geburtsdatum", "geburtstag"),
    *("geburt", "geburtsjahr", "geboren", "naissance", "nacimiento", "nascita", "nascimento", "geboortedatum"),
}
_AVERSE_TO_ZERO = {
    *("since", "recency", "last", "first", "date", "age", "year", "score", "per"),
    *("average", "avg", "mean", "median", "rate", "ratio"),
}


def words(name: str) -> list[str]:
    """The words of a column's name, small: humps, underscores, blanks and digits part them.

    >>> words("isChurned"), words("default.payment.next.month"), words("CustomerID"), words("PURCHASES_TRX")
    (['is', 'churned'], ['default', 'payment', 'next', 'month'], ['customer', 'id'], ['purchases', 'trx'])
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", str(name))
    return re.findall(r"[^\W\d_]+|\d+", parted.lower())


def is_sensitive_name(name: str) -> bool:
    """Whether the name suggests a protected attribute.

    >>> is_sensitive_name("Gender"), is_sensitive_name("Health_Products_Spend"), is_sensitive_name("Essex")
    (True, False, False)
    """
    found = set(words(name)) & _SENSITIVE
    return bool(found) and not (found == {"health"} and _TRADE & set(words(name)))


def is_outcome_name(name: str) -> bool:
    """Whether the name suggests what became of the customer: churn, response, target. The caller looks at the values.

    >>> is_outcome_name("is_churned"), is_outcome_name("y"), is_outcome_name("Response_Time")
    (True, True, False)
    """
    found = [word for word in words(name) if not word.isdigit()]
    if found == ["y"]:
        return True
    has_outcome = _OUTCOMES & set(found) or ("default" in found and {"payment", "loan"} & set(found))
    return bool(has_outcome) and set(found) <= _OUTCOMES | _BESIDES


def is_number_name(name: str) -> bool:
    """Whether the name suggests a number that names somebody or something and measures nothing.

    >>> is_number_name("CustomerID"), is_number_name("InvoiceNo"), is_number_name("number_of_cds")
    (True, True, False)
    """
    found = ["", *words(name)]
    if found[-1] in _REACHES:
        return True
    if found[-1] in ("id", "ids", "uuid", "guid", "customerid", "clientid", "userid"):
        return True
    return found[-1] in ("no", "nr", "number", "key", "code") and found[-2] in _NUMBERED


def is_birth_name(name: str) -> bool:
    """Whether the name suggests a birth year or birthday, in the languages that tables come in.

    >>> is_birth_name("Year_Birth"), is_birth_name("Geburtsdatum")
    (True, True)
    """
    return bool(_BIRTHS & set(words(name)))


def is_averse_to_zero(name: str) -> bool:
    """Whether a gap in the column can hardly be a zero: a time since, an average, a rate, a date or an age."""
    found = words(name)
    return bool(_AVERSE_TO_ZERO & set(found)) or any(word.endswith("days") for word in found)
