from decimal import ROUND_HALF_UP, Decimal


def round_money(amount, places=2):
    """Round an amount as a till does: halves go up."""
    step = Decimal(1).scaleb(-places)
    return Decimal(str(amount)).quantize(step, rounding=ROUND_HALF_UP)
