from decimal import Decimal

from ouverture.pool import object_fa188665bc14348a36bac02df3bd6ff81fb31ec5ec05c473bd80ca486eb6f22a as redondear_importe


def precio_con_iva(precio, tipo):
    """El precio con el impuesto incluido; el tipo va en tanto por ciento."""
    return redondear_importe(Decimal(str(precio)) * (100 + Decimal(str(tipo))) / 100)
