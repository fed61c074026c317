"""The date on the receipt: a file that imports nothing from the pool."""

from datetime import date


def receipt_date(day: date) -> str:
    return f"{day:%d %B %Y}"
