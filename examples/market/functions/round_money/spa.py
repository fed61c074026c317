from decimal import ROUND_HALF_UP, Decimal


def redondear_importe(importe, decimales=2):
    """Redondea un importe como en la caja: la mitad sube."""
    paso = Decimal(1).scaleb(-decimales)
    return Decimal(str(importe)).quantize(paso, rounding=ROUND_HALF_UP)
