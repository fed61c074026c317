from decimal import Decimal

from ouverture.pool import object_7cb06aec1c85c82c01e574a3554129ed8194e4c7a5181edbf341a9f41248883b as clamp
from ouverture.pool import object_1cb9b72164fef4302d8f13c70c53bd06515f12d8240bef5be1f3184236eaa75e as invoice_total
from ouverture.pool import object_fa188665bc14348a36bac02df3bd6ff81fb31ec5ec05c473bd80ca486eb6f22a as round_money


def discounted_total(lines, discount, rate=21):
    """The total of an invoice after a discount of 0 to 100 percent."""
    share = Decimal(100 - clamp(discount, 0, 100)) / 100
    return round_money(invoice_total(lines, rate) * share)
