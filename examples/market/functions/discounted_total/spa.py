from decimal import Decimal

from ouverture.pool import object_7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b as acotar
from ouverture.pool import object_1cb9b72164fef4302d8f13c70c53bd06515f12d8240bef5be1f3184236eaa75e as total_factura
from ouverture.pool import object_fa188665bc14348a36bac02df3bd6ff81fb31ec5ec05c473bd80ca486eb6f22a as redondear_importe


def total_con_descuento(lineas, descuento, tipo=21):
    """El total de una factura después de un descuento, entre 0 y 100 por ciento."""
    parte = Decimal(100 - acotar(descuento, 0, 100)) / 100
    return redondear_importe(total_factura(lineas, tipo) * parte)
