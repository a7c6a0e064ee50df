"""What names give away."""

import pytest

from segkit.data.findings import is_outcome_name, is_sensitive_name
from segkit.data.findings.names import is_averse_to_zero, is_birth_name, is_number_name, words


@pytest.mark.parametrize(
    "name",
    [
        *("Exited", "is_churned", "isChurned", "Churn", "CHURNED", "Churn?", "Churn Label", "Churn Value", "y", "Y"),
        *("Response", "responded", "Converted", "hasConverted", "conversion", "subscribed", "Attrition_Flag"),
        *("default.payment.next.month", "default payment next month", "loan_default", "customer_churn"),
        *("TARGET", "outcome", "label"),
    ],
)
def test_outcomes_are_known_by_name(name):
    assert is_outcome_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Response_Time", "Customer_Response_Days", "Exit_Interview_Date", "response_rate", "responsiveness", "yes"),
        *("default", "previous_outcome", "poutcome", "target_group", "labelled", "label_color", "churn_risk_score"),
        *("conversion_rate", "subscribed_newsletter", "Year_Birth", "y_position", "Unsubscribed", "Loyalty", "", "1"),
        *("MntWines", "AcceptedCmp1", "payment", "loan", "Income"),
    ],
)
def test_what_only_looks_like_an_outcome_is_none(name):
    assert not is_outcome_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Gender", "sex", "customerGender", "Gender_Male", "is_female", "sexual_orientation", "political views"),
        *("Race", "ETHNICITY", "religion", "Nationality", "has_disability", "Health", "health_status"),
    ],
)
def test_protected_attributes_are_known_by_name(name):
    assert is_sensitive_name(name)


@pytest.mark.parametrize(
    "name",
    ["Essex", "Sextant", "trace", "Grace_Period", "engender", "Health_Products_Spend", "healthy", "Age", "email"],
)
def test_what_only_contains_the_letters_is_not_protected(name):
    assert not is_sensitive_name(name)


@pytest.mark.parametrize(
    "name", ["ID", "CustomerID", "customer_id", "InvoiceNo", "invoice_no", "account number", "guid"]
)
def test_numbers_that_name_something(name):
    assert is_number_name(name)


@pytest.mark.parametrize("name", ["number_of_cds", "NumOfProducts", "no", "Casino", "paid", "amount_paid", "", "code"])
def test_numbers_that_measure_something(name):
    assert not is_number_name(name)


def test_birth_years_and_what_cannot_be_zero():
    assert all(map(is_birth_name, ["Year_Birth", "birth_year", "YearOfBirth", "dob"]))
    assert not any(map(is_birth_name, ["year_built", "Births", "airborne"]))
    assert all(map(is_averse_to_zero, ["days_since_order", "pdays", "Recency", "avg_basket", "last_visit"]))
    assert not any(map(is_averse_to_zero, ["MINIMUM_PAYMENTS", "TotalCharges", "wages", "updated"]))


def test_words_are_parted_at_humps_digits_and_marks():
    assert words("HTMLPage2Views_max") == ["html", "page", "2", "views", "max"]
    assert words("Größe (cm)") == ["größe", "cm"]
